/** `gen_ai.request.model` as `GEN_AI_REQUEST_MODEL`. */
export function constantName(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
