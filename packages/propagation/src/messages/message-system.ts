/** A messaging system, by its name in the OpenTelemetry conventions (`messaging.system`). */
export type MessageSystem =
  | 'kafka'
  | 'rabbitmq'
  | 'aws_sqs'
  | 'aws.sns'
  | 'servicebus'
  | 'gcp_pubsub';

/** The member of a message that holds its headers when it is sent. */
export const HEADERS_OF_SYSTEM: Readonly<Record<MessageSystem, string>> = {
  // kafkajs and other clients of Kafka.
  kafka: 'headers',
  // The options of amqplib's `publish` and `sendToQueue`.
  rabbitmq: 'headers',
  aws_sqs: 'MessageAttributes',
  'aws.sns': 'MessageAttributes',
  servicebus: 'applicationProperties',
  gcp_pubsub: 'attributes',
};
