import { type ModelServer, modelServers } from '@llm-otel/llm-conventions/client';

/**
 * What is used of a client of the `openai` package, in its majors 5, 6 and 7. Structural, so that no version of it is
 * needed here and none is loaded; each member may be missing, as in clients that others build to the same shape.
 */
export interface OpenAiClient {
  readonly baseURL?: unknown;
}

// Others that speak OpenAI's API, by the end of their host name.
const serverAt = modelServers(
  [
    ['.openai.azure.com', 'azure.ai.openai'],
    ['.cognitiveservices.azure.com', 'azure.ai.openai'],
    ['.services.ai.azure.com', 'azure.ai.inference'],
    ['.inference.ai.azure.com', 'azure.ai.inference'],
    ['generativelanguage.googleapis.com', 'gcp.gemini'],
    ['aiplatform.googleapis.com', 'gcp.vertex_ai'],
    ['-aiplatform.googleapis.com', 'gcp.vertex_ai'],
    ['api.anthropic.com', 'anthropic'],
    ['api.deepseek.com', 'deepseek'],
    ['api.groq.com', 'groq'],
    ['api.mistral.ai', 'mistral_ai'],
    ['api.moonshot.ai', 'moonshot_ai'],
    ['api.moonshot.cn', 'moonshot_ai'],
    ['api.perplexity.ai', 'perplexity'],
    ['api.x.ai', 'x_ai'],
    ['api.cohere.ai', 'cohere'],
    ['api.cohere.com', 'cohere'],
    ['.amazonaws.com', 'aws.bedrock'],
  ],
  'openai',
);

/**
 * Read off the base URL on each call, since an application may change it. A server that nobody knows, such as a proxy
 * or a local model, counts as `openai`: that is the API it speaks.
 */
export function serverOf(client: OpenAiClient): ModelServer {
  const server = serverAt(client.baseURL);
  const azure = 'deploymentName' in client && 'apiVersion' in client;
  return azure ? { ...server, provider: 'azure.ai.openai' } : server;
}
