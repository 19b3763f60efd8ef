import {
  FailureLog,
  type LogRecordTransform,
  logRecordView,
  type ReadableLogRecord,
} from '@llm-otel/core';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
} from '../generated/attributes.ts';
import {
  EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS as DETAILS,
  genAiEventDefinitions,
} from '../generated/events.ts';
import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from '../generated/values.ts';
import { withReadableText } from '../content/with-readable-text.ts';
import { readString } from '../read-member.ts';
import { readContentEvent } from './content-events/read-content-event.ts';
import { providerFrom } from './provider-names.ts';

const failures = new FailureLog();

/** Where the logs of the API before its events had names put the name. */
const EVENT_NAME = 'event.name';

/**
 * Log records of the conventions up to 1.36, `gen_ai.user.message`, `gen_ai.choice` and so on, in today's names: each becomes an event
 * `gen_ai.client.inference.operation.details` with its one message in `gen_ai.input.messages` or `gen_ai.output.messages`. The first transform
 * of log records, so that redaction, media and budget find content where they look for it. Any other record, and one that told
 * nothing, passes as it is. Never throws.
 */
export function normaliseLogs(): LogRecordTransform {
  return {
    name: 'normalise',
    transform: (record) =>
      failures.guard('normalising the names of a log record', () =>
        readable(inTodaysNames(record)),
      ) ?? record,
  };
}

/** With the text in media written so that redaction can read it. */
function readable(record: ReadableLogRecord): ReadableLogRecord {
  const attributes = withReadableText(record.attributes);
  return attributes === record.attributes ? record : logRecordView(record, { attributes });
}

function inTodaysNames(record: ReadableLogRecord): ReadableLogRecord {
  const name = record.eventName ?? readString(record.attributes, EVENT_NAME);
  if (name === undefined || !name.startsWith('gen_ai.')) return record;
  const event = readContentEvent(name, record.body ?? record.attributes);
  if (event?.message === undefined && event?.finishReason === undefined) return record;
  const { isChoice, message, finishReason } = event;
  const {
    [EVENT_NAME]: _name,
    'gen_ai.system': system,
    'gen_ai.event.content': _content,
    ...rest
  } = record.attributes as Record<string, unknown>;
  // Without a body, its members were attributes.
  if (record.body === undefined || record.body === null)
    for (const member of MEMBERS) delete rest[member];
  const attributes: Record<string, unknown> = {
    // Messages with roles are what a chat is.
    [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_CHAT,
    ...(typeof system === 'string' && { [ATTR_GEN_AI_PROVIDER_NAME]: providerFrom(system) }),
    ...rest,
  };
  if (message !== undefined)
    attributes[isChoice ? ATTR_GEN_AI_OUTPUT_MESSAGES : ATTR_GEN_AI_INPUT_MESSAGES] ??= [message];
  if (finishReason !== undefined)
    attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] ??= [finishReason];
  return logRecordView(record, {
    eventName: DETAILS,
    severityNumber: genAiEventDefinitions[DETAILS]?.severityNumber ?? record.severityNumber,
    severityText: undefined,
    body: undefined,
    attributes,
  });
}

const MEMBERS = [
  'role',
  'name',
  'content',
  'id',
  'tool_call_id',
  'tool_calls',
  'message',
  'index',
  'finish_reason',
] as const;
