import type { Attributes } from '@opentelemetry/api';
import {
  readMember,
  readNumber,
  readString,
  startPlainCall,
} from '@llm-otel/llm-conventions/client';
import type { StartCommand } from './observed-commands.ts';

/** A command that asks no model for anything, or does not wait for what it says. */
interface PlainCommand {
  readonly spanName: string;
  readonly request: (input: unknown) => Attributes;
  readonly answered?: (output: unknown) => Attributes;
}

const arn = (value: unknown): Attributes => ({
  'bedrock.async_invoke.arn': readString(value, 'invocationArn'),
});
const status = (output: unknown): Attributes => ({
  'bedrock.async_invoke.status': readString(output, 'status'),
});
const model = (input: unknown): Attributes => ({
  'gen_ai.request.model': readString(input, 'modelId'),
});

const commands: Readonly<Record<string, PlainCommand>> = {
  ApplyGuardrailCommand: {
    spanName: 'bedrock.apply_guardrail',
    request: (input) => ({
      'aws.bedrock.guardrail.id': readString(input, 'guardrailIdentifier'),
      'bedrock.guardrail.version': readString(input, 'guardrailVersion'),
      'bedrock.guardrail.source': readString(input, 'source'),
    }),
    answered: (output) => ({ 'bedrock.guardrail.action': readString(output, 'action') }),
  },
  InvokeGuardrailChecksCommand: {
    spanName: 'bedrock.invoke_guardrail_checks',
    request: () => ({}),
  },
  CountTokensCommand: {
    spanName: 'bedrock.count_tokens',
    request: model,
    answered: (output) => ({
      'bedrock.count_tokens.input_tokens': readNumber(output, 'inputTokens'),
    }),
  },
  StartAsyncInvokeCommand: {
    spanName: 'bedrock.start_async_invoke',
    request: model,
    answered: arn,
  },
  GetAsyncInvokeCommand: { spanName: 'bedrock.get_async_invoke', request: arn, answered: status },
  ListAsyncInvokesCommand: { spanName: 'bedrock.list_async_invokes', request: () => ({}) },
};

export const plainCommands: readonly (readonly [string, StartCommand])[] = Object.entries(
  commands,
).map(([command, { spanName: name, request, answered }]) => [
  command,
  (input, server, { signals }) =>
    startPlainCall(signals, {
      name,
      server,
      attributes: request(input),
      answered: answered && ((result) => answered(readMember(result, 'output'))),
    }),
]);
