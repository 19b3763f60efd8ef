// Checked by `tsc`: each line marked as an error must be one.
import { createGenAi, customValue, inferenceAttributes, spanAttributes } from '../src/index.ts';

const genAi = createGenAi();

inferenceAttributes({ 'gen_ai.request.model': 'm', 'gen_ai.request.top_k': 3 });
inferenceAttributes({ 'gen_ai.prompt.variable.user': 'ada' });
// @ts-expect-error a key that does not exist
inferenceAttributes({ 'gen_ai.request.modle': 'm' });
// @ts-expect-error a removed key
inferenceAttributes({ 'gen_ai.system': 'openai' });
// @ts-expect-error a number is asked for
inferenceAttributes({ 'gen_ai.request.top_k': '3' });
// @ts-expect-error a list is asked for
inferenceAttributes({ 'gen_ai.response.finish_reasons': 'stop' });
// @ts-expect-error belongs on embeddings, not on a model call
inferenceAttributes({ 'gen_ai.embeddings.dimension.count': 3 });

spanAttributes('gen_ai.embeddings.client', { 'gen_ai.embeddings.dimension.count': 3 });
// @ts-expect-error no such kind of span
spanAttributes('gen_ai.unknown', {});
// @ts-expect-error the agent's provider is forbidden on the internal span
spanAttributes('gen_ai.invoke_agent.internal', { 'gen_ai.provider.name': 'openai' });

// @ts-expect-error no provider of this name; a typing error of openai
inferenceAttributes({ 'gen_ai.provider.name': 'opnai' });
inferenceAttributes({ 'gen_ai.provider.name': customValue('in-house') });
// @ts-expect-error no output type of the conventions
inferenceAttributes({ 'gen_ai.output.type': 'json_object' });
// @ts-expect-error another operation than this span stands for
spanAttributes('gen_ai.embeddings.client', { 'gen_ai.operation.name': 'chat' });
// @ts-expect-error one of three operations
inferenceAttributes({ 'gen_ai.operation.name': 'embeddings' });
inferenceAttributes({ 'openai.api.type': 'responses', 'aws.bedrock.guardrail.id': 'g' });
// @ts-expect-error belongs on model calls of OpenAI only
spanAttributes('anthropic.gen_ai.client.inference', { 'openai.api.type': 'responses' });
// @ts-expect-error not a method of MCP
spanAttributes('mcp.client', { 'mcp.method.name': 'tools/run' });
// @ts-expect-error retrieval has no tokens
spanAttributes('gen_ai.retrieval.client', { 'gen_ai.usage.input_tokens': 1 });
// @ts-expect-error a resource attribute, never on a span
spanAttributes('gen_ai.invoke_agent.internal', { 'gen_ai.main_agent.id': 'a' });

const kept = { 'gen_ai.agent.name': 'a' };
spanAttributes('gen_ai.plan.internal', kept);
const tooMany = { 'gen_ai.agent.name': 'a', 'gen_ai.usage.input_tokens': 1 };
// @ts-expect-error not a literal, and still no key passes that does not belong
spanAttributes('gen_ai.plan.internal', tooMany);
// @ts-expect-error an attribute of the application goes through extra
spanAttributes('gen_ai.plan.internal', { 'app.tier': 'gold' });
spanAttributes('gen_ai.plan.internal', {}, { 'app.tier': 'gold' });

genAi.startInference({ provider: 'my-provider', attributes: { 'gen_ai.request.seed': 1 } });
// @ts-expect-error the provider is required
genAi.startInference({ model: 'm' });
// @ts-expect-error not an inference operation
genAi.startInference({ provider: 'openai', operation: 'embeddings' });
// @ts-expect-error unknown attributes go through extra
genAi.startInference({ provider: 'openai', attributes: { 'app.tier': 'gold' } });
genAi.startInference({ provider: 'openai', extra: { 'app.tier': 'gold' } });

genAi.startInference({ provider: 'openai', outputType: customValue('yaml') });
// @ts-expect-error no output type of the conventions
genAi.startInference({ provider: 'openai', outputType: 'yaml' });
const bogus = { 'gen_ai.request.seed': 1, 'gen_ai.request.sed': 1 };
// @ts-expect-error not a literal, and still no key passes that does not exist
genAi.startInference({ provider: 'openai' }).setAttributes(bogus);
const tokens = { 'gen_ai.retrieval.top_k': 1, 'gen_ai.usage.input_tokens': 1 };
// @ts-expect-error retrieval has no tokens
genAi.startRetrieval({ provider: 'openai', dataSourceId: 'd' }).setAttributes(tokens);

async function* words(): AsyncGenerator<string, number> {
  yield 'a';
  return 1;
}
// A watched stream has the type of the stream, and its chunks are known.
const watched: AsyncGenerator<string, number> = genAi
  .startInference({ provider: 'openai' })
  .stream(words(), (chunk) => chunk.toUpperCase());
// @ts-expect-error a chunk is text
genAi.startInference({ provider: 'openai' }).stream(words(), (chunk) => chunk * 2);

// Results keep their types.
const result: Promise<number> = genAi.inference({ provider: 'openai' }, async () => 1);

export { result, watched };
