import { askGrpc, type GrpcAnswer } from './ask-grpc.ts';
import {
  skewFindings,
  TIMEOUT_MILLIS,
  unauthorized,
  unhealthy,
  unreachable,
  withoutSecrets,
} from './endpoint-findings.ts';
import type { Finding } from './finding.ts';
import { type AskedReceiver, protocolName, withoutSignal } from './receiver-names.ts';
import { successFindings } from './success-findings.ts';

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
const OK = 0;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
const UNAUTHENTICATED = 16;

/** What is wrong with a receiver of OTLP over gRPC. */
export async function grpcFindings(otlp: AskedReceiver, now: () => number): Promise<Finding[]> {
  try {
    const answer = await askGrpc(otlp, TIMEOUT_MILLIS);
    return [...statusFindings(otlp, answer), ...skewFindings(otlp, answer, now())];
  } catch (error) {
    return [
      isNoHttp2(error) ? wrongProtocol(otlp, 'does not speak HTTP/2') : unreachable(otlp, error),
    ];
  }
}

function statusFindings(otlp: AskedReceiver, { status, httpStatus, body }: GrpcAnswer): Finding[] {
  switch (status) {
    case OK:
      return successFindings(otlp, { status: httpStatus, body, header: () => undefined });
    case undefined:
      return [wrongProtocol(otlp, `answers ${httpStatus} without a status of gRPC`)];
    case PERMISSION_DENIED:
    case UNAUTHENTICATED:
      return [unauthorized(otlp, `answers with status ${status} of gRPC`)];
    case UNIMPLEMENTED:
      return [takesNone(otlp)];
    default:
      return [unhealthy(otlp, `answers with status ${status} of gRPC`)];
  }
}

/** Another service of gRPC, or one without this signal. */
function takesNone(otlp: AskedReceiver): Finding {
  const { fix, ...finding } = wrongProtocol(otlp, `speaks gRPC and takes no ${otlp.signal}`);
  return { ...finding, fix: fix + withoutSignal(otlp) };
}

function wrongProtocol(otlp: AskedReceiver, what: string): Finding {
  return {
    id: 'wrong-protocol',
    severity: 'error',
    what: `the protocol is grpc, and ${withoutSecrets(otlp.url)} ${what}`,
    why: 'every call of gRPC fails there',
    fix: `send to the gRPC port of the receiver, 4317 unless it was changed, or name http/protobuf in ${protocolName(otlp)}`,
  };
}

/** A server of HTTP/1.1 answers the frames of HTTP/2 with text. */
function isNoHttp2(error: unknown): boolean {
  const { code = '' } = error as Partial<NodeJS.ErrnoException>;
  return code.startsWith('ERR_HTTP2_');
}
