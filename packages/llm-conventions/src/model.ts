// The tables of the conventions: requirement levels, kinds, name rules, types. Apart from the main entry point,
// because only checks and generators need them.
export { genAiAttributeDefinitions } from './generated/attribute-facts.ts';
export { genAiEventDefinitions } from './generated/events.ts';
export { genAiMetricDefinitions } from './generated/metrics.ts';
export { removedAttributes, removedEvents, removedMetrics } from './generated/removed-names.ts';
export { genAiSpanDefinitions } from './generated/spans.ts';
export type {
  AttributeDefinition,
  AttributeRequirement,
  AttributeRequirements,
  EventDefinition,
  MetricDefinition,
  RemovedName,
  RequirementLevel,
  SpanDefinition,
} from './model-types.ts';
