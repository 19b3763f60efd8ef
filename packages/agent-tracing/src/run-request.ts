import { context } from '@opentelemetry/api';
import {
  agentScopeOf,
  type AgentRunRequest,
  ATTR_LLM_OTEL_DELEGATED_BY,
  ATTR_LLM_OTEL_HAND_OVER_FROM,
  LLM_OTEL_LINK_KIND_VALUE_HAND_OVER,
  LLM_OTEL_LINK_KIND_VALUE_RESUME,
} from '@llm-otel/llm-conventions';
import { conversationFrom, withConversation } from './conversation-baggage.ts';
import { linkTo, relationLinks } from './relation-links.ts';
import type { RunOptions } from './run-types.ts';

/** The run as the conventions know it: with the links, the conversation and the parent that follow from the options. */
export function runRequest(
  options: RunOptions,
  conversationBaggage: boolean,
  delegatedBy: string | undefined,
): AgentRunRequest {
  const { handOff, resume } = options;
  const links = [
    ...(options.links ?? []),
    ...relationLinks(options),
    ...linkTo({
      option: 'handOff.span',
      value: handOff?.span,
      kind: LLM_OTEL_LINK_KIND_VALUE_HAND_OVER,
      attributes: { [ATTR_LLM_OTEL_HAND_OVER_FROM]: handOff?.from },
    }),
    ...linkTo({
      option: 'resume.span',
      value: resume?.span,
      kind: LLM_OTEL_LINK_KIND_VALUE_RESUME,
    }),
  ];
  const outer = options.parent ?? context.active();
  const conversationId =
    options.conversationId ??
    handOff?.conversationId ??
    resume?.conversationId ??
    agentScopeOf(outer)?.conversationId ??
    (conversationBaggage ? conversationFrom(outer) : undefined);
  const parent =
    conversationBaggage && conversationId !== undefined
      ? withConversation(outer, conversationId)
      : outer;
  const extra =
    delegatedBy === undefined
      ? options.extra
      : { ...options.extra, [ATTR_LLM_OTEL_DELEGATED_BY]: delegatedBy };
  return { ...options, conversationId, parent, links, extra };
}
