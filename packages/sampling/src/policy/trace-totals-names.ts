/** On the local root, where `traceTotals` runs: tokens of all model calls of the trace in this process. An integer. */
export const ATTR_TRACE_TOKENS = 'llm_otel.trace.tokens';
/** The same for the cost, in millionths of a US dollar. An integer. */
export const ATTR_TRACE_COST_MICRO_USD = 'llm_otel.trace.cost.micro_usd';
