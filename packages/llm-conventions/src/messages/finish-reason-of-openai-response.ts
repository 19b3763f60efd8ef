import { readList, readMember, readString } from '../read-member.ts';
import { type FinishReason, finishReasonFrom } from './finish-reason.ts';

/** Why a response of the responses API ended; undefined while it is still in progress. It has a status, not a reason. */
export function finishReasonOfOpenAiResponse(response: unknown): FinishReason | undefined {
  const status = readString(response, 'status');
  if (status === 'incomplete') {
    const reason = readString(readMember(response, 'incomplete_details'), 'reason');
    return finishReasonFrom(reason) ?? status;
  }
  if (status !== 'completed')
    return status === 'failed' || status === 'cancelled' ? 'error' : undefined;
  const calls = readList(response, 'output').some((item) =>
    /^(?:function_call|custom_tool_call)$/.test(readString(item, 'type') ?? ''),
  );
  return calls ? 'tool_call' : 'stop';
}
