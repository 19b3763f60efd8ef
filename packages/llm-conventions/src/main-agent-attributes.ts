import type { Attributes } from '@opentelemetry/api';
import { InvalidOptionError } from '@llm-otel/core';
import {
  ATTR_GEN_AI_MAIN_AGENT_DESCRIPTION,
  ATTR_GEN_AI_MAIN_AGENT_ID,
  ATTR_GEN_AI_MAIN_AGENT_NAME,
} from './generated/attributes.ts';

/** The agent that a process is there for. */
export interface MainAgent {
  /** Stable over restarts and the same on every host; never one made in memory. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

/**
 * Resource attributes of a process that is there for one agent, for the resource of the OpenTelemetry set-up.
 * @throws {@link InvalidOptionError} without an id: an agent without a stable id is not described
 */
export function mainAgentAttributes({ id, name, description }: MainAgent): Attributes {
  if (typeof id !== 'string' || id === '')
    throw new InvalidOptionError({ option: 'id', value: id, use: 'the stable id of the agent' });
  return {
    [ATTR_GEN_AI_MAIN_AGENT_ID]: id,
    ...(name !== undefined && { [ATTR_GEN_AI_MAIN_AGENT_NAME]: name }),
    ...(description !== undefined && { [ATTR_GEN_AI_MAIN_AGENT_DESCRIPTION]: description }),
  };
}
