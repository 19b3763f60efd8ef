import { genAiSpanDefinitions } from '../generated/spans.ts';
import type { SpanType } from '../typed-attributes.ts';
import type { AttributeValues } from './attribute-findings.ts';

export type KindName = 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';

const TYPES = Object.keys(genAiSpanDefinitions) as SpanType[];

/**
 * What kinds of span it may be. The type is not on the wire: it follows from operation, kind and provider. Several,
 * where only the attributes tell a general kind and its refinements apart.
 */
export function spanTypesOf(attributes: AttributeValues, kind: KindName): readonly SpanType[] {
  if (attributes['mcp.method.name'] !== undefined) {
    if (kind === 'SERVER') return ['mcp.server'];
    // A tool call that both sides see is one span: that of the tool, with attributes of MCP added.
    if (kind !== 'INTERNAL') return ['mcp.client'];
  }
  const operation = attributes['gen_ai.operation.name'];
  const provider = attributes['gen_ai.provider.name'];
  const general = TYPES.filter((type) => {
    const definition = genAiSpanDefinitions[type];
    return (
      definition.refines === undefined &&
      !type.startsWith('mcp.') &&
      definition.operations.some((name) => name === operation)
    );
  });
  const base =
    general.find((type) => genAiSpanDefinitions[type].kind === kind) ?? general[0] ?? undefined;
  if (base === undefined) return [];
  const refined = TYPES.filter((type) => {
    const definition = genAiSpanDefinitions[type];
    return (
      definition.refines === base &&
      (definition.provider === undefined || definition.provider === provider)
    );
  });
  const byProvider = refined.filter((type) => genAiSpanDefinitions[type].provider !== undefined);
  return byProvider.length > 0 ? byProvider : [base, ...refined];
}
