import type { GenAiProviderName } from '@llm-otel/llm-conventions';
import { type ModelServer, modelServers, readMember } from '@llm-otel/llm-conventions/client';

// Others that serve Claude by the same API, by the end of their host name.
const serverAt = modelServers(
  [
    ['.amazonaws.com', 'aws.bedrock'],
    ['.api.aws', 'aws.bedrock'],
    ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
    ['-aiplatform.googleapis.com', 'gcp.vertex_ai'],
    ['.rep.googleapis.com', 'gcp.vertex_ai'],
    ['.services.ai.azure.com', 'azure.ai.inference'],
  ],
  'anthropic',
);

// What newer clients say of themselves.
const providersByName: readonly GenAiProviderName[] = [
  'anthropic',
  'aws.bedrock',
  'gcp.vertex_ai',
  'azure.ai.inference',
];

/**
 * Read off the client on each call, since an application may change its base URL. A client of Amazon Bedrock or Vertex AI
 * is known by what it says of itself, by its members, or by its host; a server that nobody knows, such as a proxy, counts
 * as `anthropic`: that is the API it speaks.
 */
export function serverOf(client: unknown): ModelServer {
  const server = serverAt(readMember(client, 'baseURL'));
  const named = readMember(client, '_genAIProviderName');
  const provider = providersByName.find((name) => name === named) ?? providerByMembers(client);
  return provider === undefined || provider === server.provider ? server : { ...server, provider };
}

function providerByMembers(client: unknown): GenAiProviderName | undefined {
  if (typeof readMember(client, 'awsRegion') === 'string') return 'aws.bedrock';
  const onVertex =
    typeof readMember(client, 'region') === 'string' &&
    readMember(client, 'projectId') !== undefined;
  return onVertex ? 'gcp.vertex_ai' : undefined;
}
