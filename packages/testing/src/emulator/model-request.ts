/** Which API a request called. */
export type ModelApi =
  | 'chat'
  | 'responses'
  | 'embeddings'
  | 'messages'
  | 'count_tokens'
  | 'models'
  | BedrockApi
  | GeminiApi;

/** Amazon Bedrock's: `bedrock_embeddings` is `/invoke` of a model that embeds, `bedrock_other` asks no model for anything. */
export type BedrockApi = 'converse' | 'invoke_model' | 'bedrock_embeddings' | 'bedrock_other';

/** Those of the Gemini API and of Vertex AI. */
export type GeminiApi =
  | 'generate_content'
  | 'interactions'
  | 'embed_content'
  | 'count_content_tokens';

/** `closed`: the client went away first. `unscripted`: strict, and no script was for it. */
export type ModelOutcome =
  | 'pending'
  | 'answered'
  | 'error'
  | 'hung'
  | 'cut'
  | 'closed'
  | 'unscripted';

/** A request that the emulator got. */
export interface ModelRequest {
  /** From 0, in order of arrival. */
  readonly index: number;
  readonly api: ModelApi;
  readonly path: string;
  /** Names in lower case; `traceparent` is here when the client was instrumented. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body, `{}` where there is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The model asked for, `''` where none was. */
  readonly model: string;
  readonly stream: boolean;
  /** Text of the last message, or of the last input. */
  readonly lastText: string;
  /** What became of it; changes while the answer is sent. */
  readonly outcome: ModelOutcome;
}

/** Whether a model is to say something: embeddings, counts of tokens and lists of models need no script. */
export function isText({ api }: Pick<ModelRequest, 'api'>): boolean {
  return !SAYS_NOTHING.has(api);
}

const SAYS_NOTHING: ReadonlySet<ModelApi> = new Set<ModelApi>([
  'embeddings',
  'count_tokens',
  'models',
  'bedrock_embeddings',
  'bedrock_other',
  'embed_content',
  'count_content_tokens',
]);

/** Whether it is Google's API, which has its own shape of errors. */
export function isGemini(api: ModelApi): api is GeminiApi {
  return GEMINI.has(api);
}

const GEMINI = new Set<ModelApi>([
  'generate_content',
  'interactions',
  'embed_content',
  'count_content_tokens',
]);

/** Whether it is Anthropic's API, which has its own shape of errors. */
export function isAnthropic(api: ModelApi): boolean {
  return api === 'messages' || api === 'count_tokens';
}

/** Text in a message or an input, whichever way the APIs write it: a string, or parts with text, content or what a function gave. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { text, content, output, parts, functionResponse, response } = value as Readonly<
    Record<string, unknown>
  >;
  return textOf(text ?? content ?? output ?? parts ?? functionResponse ?? response);
}

/** What a request says: all turns of the talk so far. */
export function turnsOf(body: Readonly<Record<string, unknown>>): unknown {
  return body['messages'] ?? body['input'] ?? body['contents'];
}

export function lastTextOf(body: Readonly<Record<string, unknown>>): string {
  const turns = turnsOf(body) ?? PROMPTS.map((key) => body[key]).find(Boolean);
  return textOf(Array.isArray(turns) ? turns.at(-1) : turns);
}

/** Where the models on Bedrock that know no messages are told what to say. */
const PROMPTS = ['prompt', 'inputText', 'message'];
