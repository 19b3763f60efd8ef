// An application that knows nothing of telemetry.
import { makeCalls, makeClients } from './calls.mjs';

void makeCalls(makeClients());
