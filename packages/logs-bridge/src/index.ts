export type { AnyValue } from './any-value.ts';
export { bridgeConsole, type ConsoleBridgeOptions } from './bridge-console.ts';
export { bridgePino, type PinoBridgeOptions, type PinoStream, pinoStream } from './bridge-pino.ts';
export {
  bridgeWinston,
  type WinstonBridgeOptions,
  type WinstonLogger,
  type WinstonTransport,
  winstonTransport,
} from './bridge-winston.ts';
export type { BridgeOptions } from './log-target.ts';
export type { Logger, LoggerProvider, LogRecord } from './logger-provider.ts';
export { SEVERITY_OF_LEVEL } from './severity.ts';
export { type TraceFields, traceFields } from './trace-fields.ts';
