import type { ToolDefinition } from './message-types.ts';

/** Type and name of each tool: descriptions and schemas are large, and the same on every call. */
export function bareDefinitions(
  definitions: readonly ToolDefinition[],
): { readonly type: string; readonly name: string }[] {
  return definitions.map(({ type, name }) => ({ type, name }));
}
