/** Providers by what other vocabularies call them; in lower case. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['az.ai.openai', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['azure', 'azure.ai.inference'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['aws', 'aws.bedrock'],
  ['amazon', 'aws.bedrock'],
  ['aws_bedrock', 'aws.bedrock'],
  ['amazon_bedrock', 'aws.bedrock'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['google_vertexai', 'gcp.vertex_ai'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['google-vertex', 'gcp.vertex_ai'],
  ['gemini', 'gcp.gemini'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google', 'gcp.gemini'],
  ['google_genai', 'gcp.gen_ai'],
  ['mistralai', 'mistral_ai'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['moonshot', 'moonshot_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['watsonx', 'ibm.watsonx.ai'],
]);

const KNOWN = new Set([
  ...PROVIDERS.values(),
  'openai',
  'anthropic',
  'cohere',
  'deepseek',
  'groq',
  'perplexity',
]);

/**
 * The provider in the words of the conventions: `az.ai.openai`, `google.vertex.chat`, `openai.chat`, `OpenAI`. A name
 * that is not known stays as it is.
 */
export function providerFrom(name: string): string {
  const lower = name.toLowerCase();
  // The AI SDK appends the kind of model: `openai.chat`, `google.generative-ai.embedding`.
  for (let end = lower.length; end > 0; end = lower.lastIndexOf('.', end - 1)) {
    const prefix = lower.slice(0, end);
    const provider = PROVIDERS.get(prefix);
    if (provider !== undefined) return provider;
    if (KNOWN.has(prefix)) return prefix;
  }
  return name;
}

/** What LangChain calls providers, where others mean something else by it. */
const LANGCHAIN_PROVIDERS: ReadonlyMap<string, string> = new Map([
  // The class for the models of OpenAI there.
  ['azure', 'azure.ai.openai'],
  ['google-genai', 'gcp.gemini'],
  ['google_genai', 'gcp.gemini'],
  ['google-vertexai', 'gcp.vertex_ai'],
]);

/** The provider by `ls_provider`, which stands in the metadata of a run of LangChain or LangSmith. */
export function providerFromLangChain(name: string): string {
  return LANGCHAIN_PROVIDERS.get(name) ?? providerFrom(name);
}

/** Whether a name is one of the conventions, or of a provider that has none. */
export function isProvider(name: string): boolean {
  return KNOWN.has(name) || providerFrom(name) === name;
}

/** OpenInference tells who serves the model and which family it is of. */
export function providerFromOpenInference(
  served: string | undefined,
  family: string | undefined,
): string | undefined {
  if (served === 'azure' && family === 'openai') return 'azure.ai.openai';
  if (served === 'google' && family === 'vertexai') return 'gcp.vertex_ai';
  const name = served ?? family;
  return name === undefined ? undefined : providerFrom(name);
}

/** What the conventions up to 1.36 called providers, as `gen_ai.system`. */
export const SYSTEM_OF_1_36: ReadonlyMap<string, string> = new Map([
  ['azure.ai.openai', 'az.ai.openai'],
  ['azure.ai.inference', 'az.ai.inference'],
  ['gcp.vertex_ai', 'vertex_ai'],
  ['gcp.gemini', 'gemini'],
  ['x_ai', 'xai'],
]);

/** `llm.provider` and `llm.system` of OpenInference. */
export const OPENINFERENCE_PROVIDERS: ReadonlyMap<string, readonly [string, string?]> = new Map([
  ['openai', ['openai', 'openai']],
  ['azure.ai.openai', ['azure', 'openai']],
  ['azure.ai.inference', ['azure']],
  ['aws.bedrock', ['aws']],
  ['gcp.vertex_ai', ['google', 'vertexai']],
  ['gcp.gemini', ['google']],
  ['mistral_ai', ['mistralai', 'mistralai']],
  ['x_ai', ['xai', 'xai']],
  ['moonshot_ai', ['moonshot']],
  ['anthropic', ['anthropic', 'anthropic']],
  ['cohere', ['cohere', 'cohere']],
  ['deepseek', ['deepseek', 'deepseek']],
]);

/** What the AI SDK calls providers, without the kind of model. */
export const AI_SDK_PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['azure.ai.openai', 'azure-openai'],
  ['azure.ai.inference', 'azure'],
  ['aws.bedrock', 'amazon-bedrock'],
  ['gcp.vertex_ai', 'google.vertex'],
  ['gcp.gemini', 'google.generative-ai'],
  ['mistral_ai', 'mistral'],
  ['x_ai', 'xai'],
  ['moonshot_ai', 'moonshotai'],
]);
