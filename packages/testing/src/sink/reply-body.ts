import type { OtlpEncoding, OtlpSignal } from '../otlp/decode-request.ts';

const rejectedNames: Readonly<Record<OtlpSignal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
};

/** The body of a reply that took the request, wholly or in part. */
export function successBody(
  signal: OtlpSignal,
  encoding: OtlpEncoding,
  partial?: { readonly rejected: number; readonly message?: string | undefined },
): Buffer {
  if (encoding === 'json') {
    const partialSuccess = partial && {
      [rejectedNames[signal]]: String(partial.rejected),
      errorMessage: partial.message ?? '',
    };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  if (partial === undefined) return Buffer.alloc(0);
  return delimited(1, numberAndText(partial.rejected, partial.message ?? ''));
}

/** A `google.rpc.Status`, which OTLP/HTTP asks for with every failure. */
export function failureBody(encoding: OtlpEncoding, code: number, message: string): Buffer {
  return encoding === 'json'
    ? Buffer.from(JSON.stringify({ code, message }))
    : numberAndText(code, message);
}

/** Both replies are made of a number in field 1 and a text in field 2. */
function numberAndText(number: number, text: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x08]),
    varint(number),
    text === '' ? Buffer.alloc(0) : delimited(2, Buffer.from(text)),
  ]);
}

function delimited(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([field * 8 + 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 0x80);
  return Buffer.from([...bytes, rest]);
}
