import type { GenAi } from '../gen-ai.ts';
import { SPAN_FACTS } from './every-attribute.ts';
import { runFailingOperations } from './run-failing-operations.ts';

const messages = [{ role: 'user', parts: [{ type: 'text', content: 'Where is my parcel?' }] }];
const answer = [{ role: 'assistant', parts: [{ type: 'text', content: 'In Bern.' }] }];
const instructions = [{ type: 'text', content: 'Answer briefly.' }];
const tools = [{ type: 'function', name: 'find_order', parameters: { type: 'object' } }];
const content = {
  inputMessages: messages,
  systemInstructions: instructions,
  toolDefinitions: tools,
};
const server = { serverAddress: 'api.example.com', serverPort: 443 };
const agent = { name: 'support', id: 'agent_7', description: 'answers customers', version: '3' };
const parameters = {
  outputType: 'json',
  choiceCount: 2,
  maxTokens: 100,
  temperature: 0.5,
  topP: 0.9,
  frequencyPenalty: 0.1,
  presencePenalty: 0.2,
  seed: 7,
  stopSequences: ['END'],
} as const;

const response = {
  id: 'r-1',
  model: 'm-1-2026',
  finishReasons: ['stop'],
  outputMessages: answer,
  usage: {
    inputTokens: 60,
    outputTokens: 30,
    cacheReadTokens: 30,
    cacheWriteTokens: 5,
    reasoningTokens: 4,
  },
};

async function* chunks(): AsyncGenerator<string> {
  yield* ['In', ' Bern', '.'];
}

/**
 * Makes one span of every kind the conventions have, with every attribute that kind may carry, one of every kind that
 * fails, and the metrics and events that belong to them: to test a pipeline, an exporter or a back end with, and what this package itself is
 * tested with. Content is recorded where `genAi` records content.
 */
export async function runEveryOperation(genAi: GenAi): Promise<void> {
  await inferences(genAi);
  genAi.embeddings(
    { provider: 'openai', model: 'embed', encodingFormats: ['float'], dimensions: 256, ...server },
    (call) => call.recordResponse({ model: 'embed-2', inputTokens: 4, dimensions: 256 }),
  );
  genAi.retrieval(
    {
      dataSourceId: 'handbook',
      query: 'refunds',
      topK: 3,
      provider: 'openai',
      model: 'e',
      ...server,
    },
    (call) => call.recordDocuments([{ id: 'd-1', score: 0.9 }]),
  );
  responses(genAi);
  memories(genAi);
  agents(genAi);
  executedTools(genAi);
  modelContextProtocol(genAi);
  runFailingOperations(genAi);
  const judged = genAi.startInference({ provider: 'openai', model: 'm', ...server });
  judged.end();
  genAi.evaluate({
    name: 'hallucination',
    score: 0.1,
    label: 'grounded',
    explanation: 'Every claim is in the documents.',
    span: judged.span,
    responseId: 'r-1',
  });
  genAi.evaluate({ name: 'relevance', responseId: 'r-1', error: new Error('no judge') });
}

async function inferences(genAi: GenAi): Promise<void> {
  const calls = [
    ['openai', 'chat', SPAN_FACTS.openAi],
    ['openai', 'generate_content', SPAN_FACTS.openAi],
    ['openai', 'text_completion', SPAN_FACTS.openAi],
    ['mistral_ai', 'chat', SPAN_FACTS.inference],
    ['anthropic', 'chat', SPAN_FACTS.inference],
    ['azure.ai.inference', 'chat', SPAN_FACTS.azure],
    ['aws.bedrock', 'chat', SPAN_FACTS.bedrock],
  ] as const;
  for (const [provider, operation, attributes] of calls) {
    const call = genAi.startInference({
      operation,
      provider,
      model: 'm-1',
      ...server,
      // One with a list price.
      ...(provider === 'anthropic' && {
        model: 'claude-sonnet-4-5',
        serverAddress: 'api.anthropic.com',
      }),
      ...parameters,
      ...content,
      stream: true,
      topK: 40,
      reasoningLevel: 'low',
      conversationId: 'c-1',
      previousResponseId: 'r-0',
      promptName: 'greeting',
      promptVersion: '2',
      attributes,
    });
    // One at a time: the order of the metrics is that of the calls.
    // oxlint-disable-next-line no-await-in-loop
    for await (const _ of call.stream(chunks())) call.recordResponse(response);
  }
  genAi.startInference({ provider: 'in-house', model: 'local', inProcess: true }).end();
}

function responses(genAi: GenAi): void {
  for (const provider of ['openai', 'gcp.gemini'] as const)
    genAi.fetchResponse(
      {
        provider,
        responseId: 'r-1',
        streamCursor: '12',
        ...server,
        ...(provider === 'openai' ? { attributes: SPAN_FACTS.fetchFromOpenAi } : {}),
      },
      (call) =>
        call.recordResponse({
          model: 'm-1-2026',
          status: 'completed',
          finishReasons: ['stop'],
          outputMessages: answer,
          systemInstructions: instructions,
          toolDefinitions: tools,
        }),
    );
  const serving = genAi.startModelServerRequest({
    operation: 'chat',
    provider: 'in-house',
    model: 'm',
    ...server,
  });
  serving.firstToken();
  serving.recordResponse({ model: 'm-1', outputTokens: 9 });
  serving.end();
}

function memories(genAi: GenAi): void {
  const records = [{ id: 'm-1', content: 'likes tea', score: 0.8, metadata: { source: 'chat' } }];
  const shared = { storeId: 's-1', provider: 'mem0', ...server };
  for (const operation of ['create_memory_store', 'delete_memory_store'] as const)
    genAi.memory({ operation, ...shared }, () => undefined);
  for (const operation of ['create_memory', 'update_memory', 'upsert_memory'] as const)
    genAi.memory({ operation, ...shared, recordId: 'm-1', records }, () => undefined);
  genAi.memory({ operation: 'delete_memory', recordId: 'm-1', inProcess: true }, () => undefined);
  genAi.memory({ operation: 'search_memory', ...shared, query: 'drinks' }, (call) =>
    call.recordRecords(records),
  );
}

function agents(genAi: GenAi): void {
  genAi.createAgent(
    { provider: 'openai', agent, model: 'm', systemInstructions: instructions, ...server },
    (call) => call.recordAgent({ id: 'agent_7' }),
  );
  const facts = { ...parameters, ...content, model: 'm', conversationId: 'c-1', dataSourceId: 'h' };
  const finished = { finishReasons: ['stop'], outputMessages: answer };
  genAi.invokeAgent(
    {
      provider: 'openai',
      agent,
      previousResponseId: 'r-0',
      ...facts,
      ...server,
      attributes: SPAN_FACTS.invokedAgent,
    },
    (call) =>
      call.recordOutput({
        ...finished,
        usage: { inputTokens: 60, outputTokens: 30, cacheReadTokens: 30, cacheWriteTokens: 5 },
      }),
  );
  genAi.workflow({ name: 'desk', conversationId: 'c-1', inputMessages: messages }, (workflow) => {
    genAi.agentRun(
      { agent: { name: 'support', description: 'answers customers' }, ...facts },
      (run) => {
        genAi.plan({}, () => undefined);
        genAi.startInference({ provider: 'openai', model: 'm' }).end();
        run.recordOutput({ ...finished, inputTokens: 60, outputTokens: 30 });
      },
    );
    workflow.recordOutput(answer);
  });
}

function executedTools(genAi: GenAi): void {
  const call = {
    callId: 'call-1',
    type: 'function',
    description: 'finds orders',
    arguments: { id: 7 },
    agentName: 'support',
    conversationId: 'c-1',
  };
  const skill = {
    name: 'pdf',
    description: 'reads PDF files',
    sourceUri: 'https://skills.example.com/pdf',
  };
  const answered = (): object => ({ state: 'shipped' });
  genAi.tool({ name: 'find_order', ...call }, answered);
  genAi.tool({ name: 'load', ...call, skill }, answered);
  genAi.tool({ name: 'read', ...call, skill: { ...skill, resourceName: 'forms.md' } }, answered);
  const command = { executableName: 'python3', executablePath: '/usr/bin/python3' };
  genAi.tool(
    { name: 'shell', ...call, skill: { ...skill, resourceName: 'fill.py' }, command },
    (tool) => {
      tool.recordExitCode(0);
      return answered();
    },
  );
}

function modelContextProtocol(genAi: GenAi): void {
  const transport = {
    transport: 'tcp',
    protocolName: 'http',
    protocolVersion: '2',
    jsonRpcVersion: '2.1',
    mcpVersion: '2026-07-28',
  } as const;
  const request = { ...transport, requestId: 1, sessionId: 's-1' };
  const client = { clientAddress: '10.0.0.7', clientPort: 51000 };
  const failed = { errorCode: -32603, errorMessage: 'internal error' };
  const requests = [
    { method: 'tools/call', toolName: 'find_order', arguments: { id: 7 } },
    { method: 'prompts/get', promptName: 'greeting', arguments: { city: 'Bern' } },
    { method: 'resources/read', resourceUri: 'file:///handbook.md' },
  ] as const;
  for (const one of requests) {
    const sent = genAi.startMcpClient({ ...request, ...one, ...server });
    const received = genAi.startMcpServer({ ...request, ...one, ...client });
    for (const call of [sent, received]) {
      if (one.method === 'tools/call') call.recordResponse({ result: { state: 'shipped' } });
      if (one.method === 'resources/read') call.recordResponse(failed);
      call.end();
    }
  }
  for (const side of ['client', 'server'] as const)
    genAi.startMcpSession({ side, ...transport, ...server }).end();
}
