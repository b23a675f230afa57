import { commandsPage } from './commands-page.ts';
import { configurationPage } from './configuration-page.ts';
import { failureModesPage } from './failure-modes-page.ts';
import { guardsPage } from './guards-page.ts';
import { metricsPage } from './metrics-page.ts';
import { mutantsPage } from './mutants-page.ts';
import type { Page } from './page.ts';
import { permissionsPage } from './permissions-page.ts';
import { reasonsPage } from './reasons-page.ts';

/** Every generated page of docs/reference. */
export const pages: readonly Page[] = [
  commandsPage,
  configurationPage,
  failureModesPage,
  guardsPage,
  metricsPage,
  mutantsPage,
  permissionsPage,
  reasonsPage,
];
