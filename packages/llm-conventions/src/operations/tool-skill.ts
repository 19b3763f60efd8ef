import type { ToolRequest, ToolSpanType } from './tool-request.ts';

/** Which kind of tool span it is: a command, a resource of a skill, a skill, or any other tool. */
export function toolSpanType({ skill, command }: ToolRequest): ToolSpanType {
  if (command !== undefined) return 'gen_ai.execute_tool.command.internal';
  if (skill?.resourceName !== undefined) return 'gen_ai.execute_tool.read_skill_resource.internal';
  if (skill !== undefined) return 'gen_ai.execute_tool.load_skill.internal';
  return 'gen_ai.execute_tool.internal';
}

/**
 * `execute_tool {tool}`, and behind it what the tool works on: skill and resource, the resource, the executable. A
 * skill is named alone only where it is loaded.
 */
export function toolSpanName(request: ToolRequest): string {
  const base = `execute_tool ${request.name}`;
  const { skill, command } = request;
  const { name, resourceName } = skill ?? {};
  if (resourceName !== undefined)
    return name === undefined ? `${base} ${resourceName}` : `${base} ${name} ${resourceName}`;
  if (command !== undefined)
    return command.executableName === undefined ? base : `${base} ${command.executableName}`;
  return name === undefined ? base : `${base} ${name}`;
}

/** The URI without what may be a secret in it: user, password, query and fragment. */
export function skillSource(uri: string | undefined): string | undefined {
  if (uri === undefined) return undefined;
  try {
    const url = new URL(uri);
    // Without a host, what stands before an @ was not read as a user.
    if (url.host === '') return uri.includes('@') ? undefined : uri;
    url.username = '';
    url.password = '';
    url.search = '';
    url.hash = '';
    return url.href;
  } catch {
    // Not a URI: a path, which has no credentials.
    return uri.includes('@') ? undefined : uri;
  }
}
