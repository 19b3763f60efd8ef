import { type ExporterEnvironment, exporterVariables } from './variables/exporter-variables.ts';
import { type GeneralEnvironment, generalVariables } from './variables/general-variables.ts';
import { type LimitEnvironment, limitVariables } from './variables/limit-variables.ts';
import { type OtlpEnvironment, otlpVariables } from './variables/otlp-variables.ts';
import { type PrivacyEnvironment, privacyVariables } from './variables/privacy-variables.ts';
import {
  type ProcessingEnvironment,
  processingVariables,
} from './variables/processing-variables.ts';
import { type ResourceEnvironment, resourceVariables } from './variables/resource-variables.ts';
import { type SpoolEnvironment, spoolVariables } from './variables/spool-variables.ts';
import type { VariablesOf } from './variables/variable.ts';

/** What the environment says. A member is absent where its variable is not set or cannot be used. */
export interface TelemetryEnvironment
  extends
    GeneralEnvironment,
    ResourceEnvironment,
    ExporterEnvironment,
    OtlpEnvironment,
    ProcessingEnvironment,
    SpoolEnvironment,
    LimitEnvironment,
    PrivacyEnvironment {}

/** Every variable that is read, in the order of the reference page. Types, errors and documentation come from here. */
export const environmentVariables: VariablesOf<TelemetryEnvironment> = {
  ...generalVariables,
  ...resourceVariables,
  ...exporterVariables,
  ...otlpVariables,
  ...processingVariables,
  ...spoolVariables,
  ...limitVariables,
  ...privacyVariables,
};
