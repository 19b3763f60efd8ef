import type { OperationRequest } from './operation-request.ts';

export type ToolSpanType =
  | 'gen_ai.execute_tool.internal'
  | 'gen_ai.execute_tool.load_skill.internal'
  | 'gen_ai.execute_tool.read_skill_resource.internal'
  | 'gen_ai.execute_tool.command.internal';

/** The skill a tool loads, reads a resource of, or runs a command of. */
export interface ToolSkill {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Where the skill came from. Credentials in it are left out. */
  readonly sourceUri?: string | undefined;
  /** Path of the resource inside the skill. */
  readonly resourceName?: string | undefined;
}

/** The process a tool runs. */
export interface ToolCommand {
  /** Where one process is run directly and its name is known. */
  readonly executableName?: string | undefined;
  readonly executablePath?: string | undefined;
}

export interface ToolRequest extends OperationRequest<ToolSpanType> {
  /** `gen_ai.tool.name` */
  readonly name: string;
  /** Id the model gave the call. */
  readonly callId?: string | undefined;
  /** @defaultValue 'function' */
  readonly type?: 'function' | 'extension' | 'datastore' | (string & {}) | undefined;
  readonly description?: string | undefined;
  /** An object, or its JSON text as models send it. Recorded only where content is on. */
  readonly arguments?: unknown;
  readonly skill?: ToolSkill | undefined;
  readonly command?: ToolCommand | undefined;
  /** @defaultValue that of the agent run around it */
  readonly agentName?: string | undefined;
  /** @defaultValue that of the agent run around it */
  readonly conversationId?: string | undefined;
}
