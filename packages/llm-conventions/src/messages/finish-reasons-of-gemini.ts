import { readCased, readList } from '../read-member.ts';
import { type FinishReason, finishReasonFrom } from './finish-reason.ts';

/**
 * The finish reason of each candidate of a Gemini response. One whose prompt was blocked has no candidates and the reason
 * `content_filter`, whatever it was blocked for.
 */
export function finishReasonsOfGemini(response: unknown): FinishReason[] {
  const reasons: FinishReason[] = [];
  for (const candidate of readList(response, 'candidates')) {
    const reason = finishReasonFrom(readCased(candidate, 'finishReason'));
    if (reason !== undefined) reasons.push(reason);
  }
  return reasons.length === 0 && isPromptBlocked(response) ? ['content_filter'] : reasons;
}

/** Whether the prompt was refused, so that the model never saw it. */
export function isPromptBlocked(response: unknown): boolean {
  const reason = readCased(readCased(response, 'promptFeedback'), 'blockReason');
  return typeof reason === 'string' && reason !== '' && !/unspecified$/i.test(reason);
}
