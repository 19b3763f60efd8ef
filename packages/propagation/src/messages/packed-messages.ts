import { isObject } from './message-headers.ts';

// A message of SQS has 1 MiB at most, a record of Kinesis 10 MiB: what is larger than the usual is not read for this.
const MAX_TEXT = 2_097_152;
const BYTES = new TextDecoder('latin1');

/**
 * What the message of a service of AWS carries in its turn, where that can have a context: the notification in an event
 * of SNS, a notification or an event of EventBridge that is the body of a message in SQS, the detail of an event of
 * EventBridge, the data of a record of Kinesis, the new item in a record of a DynamoDB stream, the headers of a message of
 * RabbitMQ in Lambda.
 * @param fields - without one of these names in it no text is parsed
 */
export function packedIn(
  message: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): object[] {
  const { Sns: notification, detail, dynamodb, kinesis, basicProperties: rabbit } = message;
  return [
    notification,
    'detail-type' in message ? detail : undefined,
    // Its attributes have their types beside them, as those of a message in SQS have.
    isObject(dynamodb) ? { messageAttributes: dynamodb['NewImage'] } : undefined,
    isObject(rabbit) ? { messageAttributes: rabbit['headers'] } : undefined,
    packedBy(parsed(bodyOf(message), fields)),
    isObject(kinesis) ? parsed(decoded(kinesis['data']), fields) : undefined,
    'PartitionKey' in message ? parsed(decoded(message['Data']), fields) : undefined,
  ].filter(isObject);
}

/** Of SQS as its client and as Lambda name it; of a notification that has an event of EventBridge in it. */
function bodyOf({ Body, body, Type, Message }: Readonly<Record<string, unknown>>): unknown {
  return Body ?? body ?? (isNotification(Type) ? Message : undefined);
}

/** What a service has packed. Other bodies are the application's own: what is in them is not for a reader of headers. */
function packedBy(body: unknown): unknown {
  return isObject(body) && (isNotification(body['Type']) || 'detail-type' in body)
    ? body
    : undefined;
}

const isNotification = (type: unknown): boolean => type === 'Notification';

function parsed(text: unknown, fields: readonly string[]): unknown {
  if (typeof text !== 'string' || text.length > MAX_TEXT || !text.startsWith('{')) return undefined;
  if (!fields.some((field) => text.includes(field))) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Bytes as the characters of their numbers: what is looked for is ASCII. */
function decoded(data: unknown): string | undefined {
  if (data instanceof Uint8Array) return data.length > MAX_TEXT ? undefined : BYTES.decode(data);
  if (typeof data !== 'string' || data.length > MAX_TEXT) return undefined;
  try {
    return atob(data);
  } catch {
    return undefined;
  }
}
