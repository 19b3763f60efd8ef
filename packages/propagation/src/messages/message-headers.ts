// Where clients put the headers of a message: Kafka, NATS and HTTP; Service Bus and AMQP 1.0; Pub/Sub.
const HEADER_MEMBERS = [
  'headers',
  'applicationProperties',
  'application_properties',
  'attributes',
] as const;

/** The headers of a message, in each member where a client may keep them. */
export function headersOfMessage(message: object): object[] {
  const members = message as Readonly<Record<string, unknown>>;
  const { properties } = members;
  return [
    ...HEADER_MEMBERS.map((name) => members[name]),
    // RabbitMQ, and ActiveMQ in Lambda.
    isObject(properties) ? properties['headers'] : undefined,
    properties,
  ].filter(isObject);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
