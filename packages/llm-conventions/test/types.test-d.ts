// Checked by `tsc`: each line marked as an error must be one.
import {
  createGenAi,
  customValue,
  type GenAiProviderName,
  type InferenceAttributes,
  inferenceAttributes,
  type InferenceCall,
  type InferenceRequest,
  spanAttributes,
} from '../src/index.ts';

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

// In a variable, where the compiler does not look for keys that are too many, they are refused all the same.
const seed = { 'gen_ai.request.seed': 1 };
genAi.startInference({ provider: 'openai', attributes: seed });
// @ts-expect-error a typing error of seed
genAi.startInference({ provider: 'openai', attributes: bogus });
// @ts-expect-error the same, where the function ends the span
genAi.inference({ provider: 'openai', attributes: bogus }, () => 1);
const wrong = { 'gen_ai.operation.name': 'invoke_agent' as const, 'app.tier': 'gold' };
// @ts-expect-error one line for each operation: an attribute of the application goes through extra
genAi.startInvokeAgent({ provider: 'openai', attributes: wrong });
const tier = { 'error.type': 'timeout', 'app.tier': 'gold' };
// @ts-expect-error
genAi.startEmbeddings({ provider: 'openai', attributes: tier });
// @ts-expect-error
genAi.embeddings({ provider: 'openai', attributes: tier }, () => 1);
// @ts-expect-error
genAi.startRetrieval({ attributes: tier });
// @ts-expect-error
genAi.startFetchResponse({ provider: 'openai', responseId: 'r', attributes: tier });
// @ts-expect-error
genAi.startMemory({ operation: 'search_memory', attributes: tier });
// @ts-expect-error
genAi.startCreateAgent({ provider: 'openai', attributes: tier });
// @ts-expect-error
genAi.startAgentRun({ agent: { name: 'a' }, attributes: tier });
// @ts-expect-error
genAi.startWorkflow({ name: 'w', attributes: tier });
// @ts-expect-error
genAi.startPlan({ attributes: tier });
// @ts-expect-error
genAi.startTool({ name: 't', attributes: tier });
// @ts-expect-error
genAi.startMcpClient({ method: 'tools/call', attributes: tier });
// @ts-expect-error
genAi.startMcpServer({ method: 'tools/call', attributes: tier });

// What one provider has belongs on its own calls.
genAi.startInference({ provider: 'openai', attributes: { 'openai.api.type': 'responses' } });
genAi.startInference({ provider: 'aws.bedrock', attributes: { 'aws.bedrock.guardrail.id': 'g' } });
genAi.startInference({
  provider: 'azure.ai.inference',
  attributes: { 'azure.resource_provider.namespace': 'Microsoft.CognitiveServices' },
});
// @ts-expect-error
genAi.startInference({ provider: 'anthropic', attributes: { 'openai.api.type': 'responses' } });
// @ts-expect-error
genAi.startInference({ provider: 'openai', attributes: { 'aws.bedrock.guardrail.id': 'g' } });
// @ts-expect-error
genAi.startInference({ provider: 'in-house', attributes: { 'openai.api.type': 'responses' } });
const ofOpenAi = { 'openai.response.service_tier': 'flex' };
// @ts-expect-error
genAi.inference({ provider: 'anthropic', attributes: ofOpenAi }, () => 1);
// @ts-expect-error
genAi.startInference({ provider: 'anthropic' }).setAttributes(ofOpenAi);
// @ts-expect-error
genAi.inference({ provider: 'anthropic' }, (call) => call.setAttributes(ofOpenAi));
genAi.inference({ provider: 'openai' }, (call) => call.setAttributes(ofOpenAi));
genAi.startFetchResponse({ provider: 'openai', responseId: 'r', attributes: ofOpenAi });
// @ts-expect-error
genAi.startFetchResponse({ provider: 'anthropic', responseId: 'r', attributes: ofOpenAi });
// @ts-expect-error
genAi.startFetchResponse({ provider: 'x_ai', responseId: 'r' }).setAttributes(ofOpenAi);
// @ts-expect-error
inferenceAttributes({ 'gen_ai.provider.name': 'anthropic', 'openai.api.type': 'responses' });
inferenceAttributes({ 'gen_ai.provider.name': 'openai', 'openai.api.type': 'responses' });
// A provider that is not known before the program runs may be any of them.
declare const anyProvider: GenAiProviderName;
declare const text: string;
declare const either: 'openai' | 'aws.bedrock';
genAi.startInference({ provider: anyProvider, attributes: ofOpenAi });
genAi.startInference({ provider: text, attributes: ofOpenAi }).setAttributes(ofOpenAi);
genAi.startInference({ provider: either, attributes: ofOpenAi });
const ofAzure = { 'azure.resource_provider.namespace': 'n' };
// @ts-expect-error none of the two
genAi.startInference({ provider: either, attributes: ofAzure });

declare const ofBedrock: InferenceAttributes<'aws.bedrock'>;
// @ts-expect-error
genAi.startInference({ provider: 'openai', attributes: ofBedrock });
genAi.startInference({ provider: 'aws.bedrock', attributes: ofBedrock });
const step = { 'llm_otel.step.index': 1 };
// @ts-expect-error not one key that belongs there
genAi.startPlan({}).setAttributes(step);
declare const anything: Record<string, string>;
// @ts-expect-error keys that nobody knows
genAi.startPlan({ attributes: anything });

// Calls, requests and results go on into functions as before.
const finish = (call: InferenceCall): void => call.end();
finish(genAi.startInference({ provider: 'openai' }));
declare const request: InferenceRequest;
const call: InferenceCall = genAi.startInference(request);
genAi.startInference({ ...request, stream: true });
// Attributes that may be those of any provider, of which nobody knows which they are.
genAi.startInference({ ...request, provider: 'openai' });
declare const ofAny: InferenceAttributes;
genAi.inference({ provider: 'openai', attributes: ofAny }, () => 1);
genAi.startInference({ provider: 'openai', attributes: { ...ofAny, 'gen_ai.request.seed': 1 } });
genAi.startInference({ provider: 'anthropic' }).setAttributes({ ...ofAny });
inferenceAttributes({ ...ofAny, 'gen_ai.provider.name': 'openai' });
// @ts-expect-error a key that none of them has
genAi.startInference({ provider: 'openai', attributes: { ...ofAny, 'gen_ai.request.sed': 1 } });
// @ts-expect-error a value of the wrong type
genAi.startInference({ provider: 'openai', attributes: { ...ofAny, 'gen_ai.request.seed': '' } });

// Values of enums are checked in fields too; others are marked.
// @ts-expect-error a typing error of tools/call
genAi.startMcpClient({ method: 'tools/cal' });
// @ts-expect-error a typing error of tools/list
genAi.mcpServer({ method: 'tolls/list' }, () => 1);
// @ts-expect-error no transport
genAi.startMcpClient({ method: 'ping', transport: 'pigeon' });
// @ts-expect-error no transport
genAi.startMcpSession({ side: 'client', transport: 'pigeon' });
// @ts-expect-error no status
genAi.startFetchResponse({ provider: 'openai', responseId: 'r' }).recordResponse({ status: 'odd' });
genAi.startMcpClient({ method: customValue('app/own'), transport: customValue('pigeon') });
// @ts-expect-error a wrong option beside right attributes
genAi.startInference({ provider: 'openai', modle: 'm', attributes: seed });
const typed: Promise<string> = genAi.inference<Promise<string>>(request, async () => 'a');

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

// In a generic function the provider is open: attributes that every call may have are still checked.
export function openProvider<P extends GenAiProviderName>(provider: P): InferenceCall<P> {
  genAi.inference({ provider, attributes: { 'gen_ai.request.seed': 1 } }, (open) => {
    open.setAttributes({ 'gen_ai.request.seed': 5 }, { 'app.tier': 'gold' });
    ofProvider(open);
  });
  genAi.startInference({ provider, attributes: { 'gen_ai.request.seed': 1 } }).end();
  genAi.fetchResponse(
    { provider, responseId: 'r', attributes: { 'gen_ai.response.model': 'm' } },
    (open) => open.setAttributes({ 'gen_ai.response.model': 'm' }),
  );
  // @ts-expect-error no such key
  genAi.startInference({ provider, attributes: { 'gen_ai.request.sed': 1 } });
  // @ts-expect-error a number is asked for
  genAi.startInference({ provider, attributes: { 'gen_ai.request.seed': '' } });
  // @ts-expect-error of one provider, and nobody knows whether it is this one
  genAi.startInference({ provider, attributes: { 'openai.api.type': 'responses' } });
  // @ts-expect-error no such key
  genAi.startInference({ provider }).setAttributes({ 'gen_ai.request.sed': 1 });
  return genAi.startInference({ provider });
}
export function ofProvider<P extends GenAiProviderName>(open: InferenceCall<P>): void {
  open.setAttributes({ 'gen_ai.request.seed': 5 });
  finish(open);
  // @ts-expect-error a number is asked for
  open.setAttributes({ 'gen_ai.request.seed': '' });
}
genAi.inference({ provider: 'anthropic' }, ofProvider);

export { call, result, typed, watched };
