import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';

/** What a fleet of Collectors shall do. Plain JSON, so that it can stand in a file. */
export interface CompileInput {
  /** A policy, or the name of a preset such as `errors-and-10-percent`. @defaultValue everything is kept */
  readonly sampling?: SamplingPolicy | string | undefined;
  /** @defaultValue nothing is taken out */
  readonly redaction?: RedactionPolicy | undefined;
  /** Where everything goes in the end: at least one. */
  readonly exporters: readonly CollectorExporter[];
  readonly fleet?: FleetOptions | undefined;
}

/** A back end. It gets traces, metrics and logs, unless `signals` says otherwise. */
export interface CollectorExporter {
  /**
   * `jaeger` is OTLP over gRPC to Jaeger, which takes traces only; so does `zipkin`. `prometheus` shows metrics for
   * Prometheus to fetch. `debug` writes to the Collector's log.
   */
  readonly type: ExporterType;
  /** Tells exporters of one type apart: `otlp_http/archive`. Small letters, digits, `-` and `_`. */
  readonly name?: string | undefined;
  /**
   * A URL for `otlp_http` and `zipkin`, `host:port` for the others; may be or contain `${env:NAME}`.
   * @defaultValue `jaeger:4317`, `http://zipkin:9411/api/v2/spans` and `0.0.0.0:8889` for these types; else required
   */
  readonly endpoint?: string | undefined;
  /** Values with secrets are references, `Bearer ${env:API_TOKEN}`: what stands here stands in the file. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Without TLS, `otlp_grpc` and `jaeger` only. @defaultValue false; true for `jaeger` without an endpoint */
  readonly insecure?: boolean | undefined;
  /** @defaultValue gzip */
  readonly compression?: 'gzip' | 'zstd' | 'none' | undefined;
  /** @defaultValue all that the type takes */
  readonly signals?: readonly Signal[] | undefined;
  /**
   * `gen_ai`: only what is about models and agents. Of a trace that are the spans with an operation, a provider or a
   * system of the GenAI conventions, whose parents may be missing then; of metrics and logs those named `gen_ai.*`.
   * Decided behind tail sampling, so that all exporters have the same traces. @defaultValue everything
   */
  readonly only?: 'gen_ai' | undefined;
}

export type ExporterType = 'otlp_http' | 'otlp_grpc' | 'jaeger' | 'zipkin' | 'prometheus' | 'debug';

export type Signal = 'traces' | 'metrics' | 'logs';

/** The Collectors: agents that take OTLP from applications, and gateways that see whole traces. */
export interface FleetOptions {
  /**
   * What the Collectors run on, which decides how agents find gateways. `none` writes configurations only, with
   * `gateways` as the list. @defaultValue kubernetes
   */
  readonly platform?: 'kubernetes' | 'compose' | 'none' | undefined;
  /** How many gateways, or their `host:port` where the platform is `none`. @defaultValue 2 */
  readonly gateways?: number | readonly string[] | undefined;
  /** Of Kubernetes. @defaultValue observability */
  readonly namespace?: string | undefined;
  /**
   * Written by agents on every resource as `deployment.environment.name`, whatever was there.
   * @defaultValue nothing is written
   */
  readonly environment?: string | undefined;
  /**
   * What agents find out about where they run, for resources that do not say it themselves. An agent says it of all that
   * comes through it, so it has to run where the applications do. `docker` needs the socket of Docker.
   * @defaultValue nothing
   */
  readonly resourceDetection?: readonly ResourceDetector[] | undefined;
  /** @defaultValue `otel/opentelemetry-collector-contrib` with the Collector's version */
  readonly image?: string | undefined;
  /**
   * Wait for a whole trace, from its first span, in seconds. What comes later does not change the decision any more: set it
   * to what the longest runs take. A trace whose root has come is decided earlier; one whose root never comes is held so
   * long.
   * @defaultValue 120, or 90 more than the longest `minDurationMillis`, up to a day; 30 where the first rule matches
   * every trace
   */
  readonly decisionWaitSeconds?: number | undefined;
  /** Wait for stragglers once the root is there, in seconds; at most the whole wait. @defaultValue 10, or the whole wait */
  readonly decisionWaitAfterRootSeconds?: number | undefined;
  /** Traces that a gateway holds while it waits. @defaultValue 50000 */
  readonly maxTraces?: number | undefined;
  /** A larger trace is dropped before it is decided about, in MiB. @defaultValue 64 */
  readonly maxTraceMib?: number | undefined;
  /** Spans of a trace on average: only a rule with a rate needs it, as an approximation. @defaultValue 20 */
  readonly spansPerTrace?: number | undefined;
  /** Memory of an agent, in MiB. @defaultValue 512 */
  readonly agentMemoryMib?: number | undefined;
  /** Memory of a gateway, in MiB. @defaultValue 2048 */
  readonly gatewayMemoryMib?: number | undefined;
  /** Disk for what a gateway has not delivered yet, in GiB. @defaultValue 10 */
  readonly gatewayDiskGib?: number | undefined;
}

export type ResourceDetector =
  | 'env'
  | 'system'
  | 'docker'
  | 'ec2'
  | 'ecs'
  | 'eks'
  | 'gcp'
  | 'azure'
  | 'aks';

export interface CompileSettings {
  /** The release it is for, from 0.144 on: names and behaviour differ. @defaultValue 0.161.0 */
  readonly collectorVersion?: string | undefined;
  /** Emit the closest there is where something is refused, instead of throwing. @defaultValue false */
  readonly allowApproximate?: boolean | undefined;
}
