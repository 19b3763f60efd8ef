// Checked by `tsc`: what is given to winston and taken from OpenTelemetry needs no cast.
import { logs } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { createLogger } from 'winston';
import {
  bridgeConsole,
  bridgePino,
  bridgeWinston,
  type LoggerProvider as AnyLoggerProvider,
  winstonTransport,
} from '../src/index.ts';

const loggerProvider = new LoggerProvider({ processors: [] });
bridgeConsole({ loggerProvider });
bridgePino({ loggerProvider: logs.getLoggerProvider() });

const logger = createLogger({ transports: [winstonTransport({ loggerProvider })] });
createLogger({ transports: winstonTransport() });
bridgeWinston(logger.add(winstonTransport()));
const level: string | undefined = winstonTransport({ level: 'info' }).level;

// As the loggers of the line 2.x take a record: no text is unknown to it.
type Value =
  | string
  | number
  | boolean
  | Uint8Array
  | Value[]
  | { [key: string]: Value }
  | null
  | undefined;
declare const ofLine2: {
  getLogger(name: string): {
    emit(record: {
      timestamp?: Date | number | [number, number];
      body?: Value;
      attributes?: { [key: string]: Value };
    }): void;
  };
};
const either: AnyLoggerProvider = ofLine2;

export { either, level };
