import type { GenAi } from '../gen-ai.ts';

const server = { serverAddress: 'api.example.com', serverPort: 443 };
const agent = { name: 'support' };
const skill = { name: 'pdf' };

/** One operation of every kind that fails. */
export function runFailingOperations(genAi: GenAi): void {
  const providers = ['openai', 'anthropic', 'mistral_ai', 'azure.ai.inference', 'aws.bedrock'];
  const failed = [
    ...providers.map((provider) =>
      genAi.startInference({
        provider,
        model: 'm',
        ...server,
        ...(provider === 'aws.bedrock'
          ? { attributes: { 'aws.bedrock.guardrail.id': 'g-1' } }
          : {}),
      }),
    ),
    ...['openai', 'gcp.gemini'].map((provider) =>
      genAi.startFetchResponse({ provider, responseId: 'r-1', ...server }),
    ),
    genAi.startEmbeddings({ provider: 'openai', model: 'm', ...server }),
    genAi.startRetrieval({ dataSourceId: 'd', ...server }),
    genAi.startMemory({ operation: 'search_memory', ...server }),
    genAi.startCreateAgent({ provider: 'openai', agent, ...server }),
    genAi.startInvokeAgent({ provider: 'openai', agent, ...server }),
    genAi.startAgentRun({ agent }),
    genAi.startWorkflow({ name: 'desk' }),
    genAi.startPlan({ agentName: 'support' }),
    genAi.startTool({ name: 'find_order' }),
    genAi.startTool({ name: 'load', skill }),
    genAi.startTool({ name: 'read', skill: { ...skill, resourceName: 'forms.md' } }),
    genAi.startTool({ name: 'shell', command: { executableName: 'python3' } }),
    genAi.startMcpClient({ method: 'ping', requestId: 1, ...server }),
    genAi.startMcpServer({ method: 'ping', requestId: 1 }),
    genAi.startMcpSession({ side: 'client', ...server }),
    genAi.startMcpSession({ side: 'server' }),
    genAi.startModelServerRequest({ operation: 'chat', provider: 'in-house' }),
  ];
  for (const operation of failed) operation.fail(new Error('connection lost'));
}
