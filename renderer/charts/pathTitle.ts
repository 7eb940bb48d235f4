import { t } from '#renderer/locales/t.ts';

/** The swept setting as an axis title: "Latent variables" for component counts, else the setting's own name. */
export const pathTitle = (param: string): string => (param === 'n_components' ? t('results.components.axis') : param);
