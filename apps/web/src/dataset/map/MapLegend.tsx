import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { isStatus, type LegendEntry } from './map-colors.ts';

/** More are of no use: nobody tells so many colours apart. */
const mostShown = 24;

export function MapLegend({ legend }: { legend: readonly LegendEntry[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="map-legend">
      {legend.slice(0, mostShown).map(({ value, color, count }) => (
        <li key={value ?? ''}>
          <span className="swatch" style={{ background: color }} />
          <span className="map-legend-name">
            {value === null ? t('map.none') : isStatus(value) ? t(`statuses.${value}`) : value}
          </span>
          <span className="map-legend-count">{format.count(count)}</span>
        </li>
      ))}
    </ul>
  );
}
