import { readString } from '../read-member.ts';
import { type FinishReason, finishReasonFrom } from './finish-reason.ts';

/** `incomplete`: at the limit of tokens of the request. `requires_continuation`: at that of the server. */
const REASONS: Readonly<Record<string, FinishReason>> = {
  completed: 'stop',
  requires_action: 'tool_call',
  incomplete: 'length',
  requires_continuation: 'length',
};

/**
 * Why an interaction of Google's Interactions API ended; undefined while it is queued or in progress. It has a status, not a
 * reason.
 */
export function finishReasonOfGeminiInteraction(interaction: unknown): FinishReason | undefined {
  const status = readString(interaction, 'status');
  if (status === undefined || status === 'queued' || status === 'in_progress') return undefined;
  return REASONS[status] ?? finishReasonFrom(status);
}
