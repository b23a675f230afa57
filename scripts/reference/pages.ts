import { configurationPage } from './configuration-page.ts';
import { metricsPage } from './metrics-page.ts';
import type { Page } from './page.ts';
import { permissionsPage } from './permissions-page.ts';

/** Every generated page of docs/reference. */
export const pages: readonly Page[] = [configurationPage, metricsPage, permissionsPage];
