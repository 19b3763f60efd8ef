// Configuration as data: for tools that check, store or show it. Starting telemetry needs none of it.
export {
  type ConfigurationFile,
  ConfigurationFileError,
  readConfigurationFile,
} from './configuration-file/index.ts';
export { optionsFromJson, type OptionsAsJson, optionsToJson } from './options-json.ts';
