// Checked by `tsc`: each line marked as an error must be one.
import { createGenAi, inferenceAttributes, spanAttributes } from '../src/index.ts';

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

genAi.startInference({ provider: 'my-provider', attributes: { 'gen_ai.request.seed': 1 } });
// @ts-expect-error the provider is required
genAi.startInference({ model: 'm' });
// @ts-expect-error not an inference operation
genAi.startInference({ provider: 'openai', operation: 'embeddings' });
// @ts-expect-error unknown attributes go through extra
genAi.startInference({ provider: 'openai', attributes: { 'app.tier': 'gold' } });
genAi.startInference({ provider: 'openai', extra: { 'app.tier': 'gold' } });

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
