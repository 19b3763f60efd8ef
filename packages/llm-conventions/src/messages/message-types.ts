// The JSON shapes of the conventions. Every object may hold more members than are listed.

/** A role of the conventions, or any other one. */
export type Role = 'system' | 'user' | 'assistant' | 'tool' | (string & {});

export type Modality = 'image' | 'video' | 'audio' | 'document' | (string & {});

export interface TextPart {
  readonly type: 'text';
  readonly content: string;
  /** What the text cites, each in the words of the provider. A member of this package, as the shape allows; absent where it cites nothing. */
  readonly citations?: readonly unknown[] | undefined;
}

export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly content: string;
}

/** A tool the application runs. */
export interface ToolCallPart {
  readonly type: 'tool_call';
  readonly name: string;
  readonly id?: string | undefined;
  readonly arguments?: unknown;
}

export interface ToolCallResponsePart {
  readonly type: 'tool_call_response';
  readonly response: unknown;
  readonly id?: string | undefined;
  /** The tool failed. A member of this package, as the shape allows; absent where it did not. */
  readonly is_error?: boolean | undefined;
}

/** What a tool of the provider was asked or answered; `type` says which tool. */
export interface ServerToolDetails {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** A tool the provider runs itself, such as web search. */
export interface ServerToolCallPart {
  readonly type: 'server_tool_call';
  readonly name: string;
  readonly server_tool_call: ServerToolDetails;
  readonly id?: string | undefined;
}

export interface ServerToolCallResponsePart {
  readonly type: 'server_tool_call_response';
  readonly server_tool_call_response: ServerToolDetails;
  readonly id?: string | undefined;
}

/** Base64 content. */
export interface BlobPart {
  readonly type: 'blob';
  readonly modality: Modality;
  readonly content: string;
  readonly mime_type?: string | undefined;
}

export interface FilePart {
  readonly type: 'file';
  readonly modality: Modality;
  readonly file_id: string;
  readonly mime_type?: string | undefined;
}

/** A reference; never a `data:` URL. */
export interface UriPart {
  readonly type: 'uri';
  readonly modality: Modality;
  readonly uri: string;
  readonly mime_type?: string | undefined;
}

/** A summary that stands for an earlier part of the conversation. */
export interface CompactionPart {
  readonly type: 'compaction';
  readonly id?: string | undefined;
  /** The summary, where the provider does not encrypt it. */
  readonly content?: string | undefined;
}

/** Anything else: a refusal, parts of a provider's own. */
export interface GenericPart {
  readonly type: string & {};
  readonly [member: string]: unknown;
}

export type MessagePart =
  | TextPart
  | ReasoningPart
  | ToolCallPart
  | ToolCallResponsePart
  | ServerToolCallPart
  | ServerToolCallResponsePart
  | BlobPart
  | FilePart
  | UriPart
  | CompactionPart
  | GenericPart;

/** One message of `gen_ai.input.messages` or `gen_ai.output.messages`. */
export interface ChatMessage {
  readonly role: Role;
  readonly parts: readonly MessagePart[];
  readonly name?: string | undefined;
}

/** One entry of `gen_ai.tool.definitions`. */
export interface ToolDefinition {
  readonly type: 'function' | (string & {});
  readonly name: string;
  readonly description?: string | undefined;
  /** JSON schema of the arguments. */
  readonly parameters?: unknown;
}

/** What a request holds for the model, in the shapes of the conventions. */
export interface InputContent {
  readonly inputMessages?: readonly ChatMessage[] | undefined;
  readonly systemInstructions?: readonly MessagePart[] | undefined;
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
}
