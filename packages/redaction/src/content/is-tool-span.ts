/** Attributes that say what a span stands for, and what they say of a tool. */
const kinds: readonly (readonly [key: string, value: string])[] = [
  ['gen_ai.operation.name', 'execute_tool'],
  ['openinference.span.kind', 'tool'],
  ['traceloop.span.kind', 'tool'],
  ['langfuse.observation.type', 'tool'],
  ['langsmith.span.kind', 'tool'],
  ['mlflow.spanType', 'tool'],
  ['agentops.span.kind', 'tool'],
  ['genkit:metadata:subtype', 'tool'],
  ['ai.operationId', 'ai.toolcall'],
  ['operation.name', 'ai.toolcall'],
  ['mcp.method.name', 'tools/call'],
];

/** Whether the attributes are those of a span that stands for the call of a tool. */
export function isToolSpan(attributes: Readonly<Record<string, unknown>>): boolean {
  return kinds.some(([key, tool]) => {
    const value = attributes[key];
    if (typeof value !== 'string') return false;
    // MLflow writes JSON, and the AI SDK puts the name of the function behind its own.
    const written = value.toLowerCase().replaceAll('"', '');
    return written === tool || written.startsWith(`${tool} `);
  });
}
