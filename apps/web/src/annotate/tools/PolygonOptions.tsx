import { polygonRoles } from '@migaki/annotator';
import { useTranslation } from 'react-i18next';
import { ChoiceOption } from './Option.tsx';
import { SnapOptions } from './SnapOptions.tsx';
import { useSettings } from './use-settings.ts';

export function PolygonOptions() {
  const { t } = useTranslation();
  const [{ polygonRole }, change] = useSettings();
  return (
    <>
      <ChoiceOption
        label={t('annotate.tools.polygonRole')}
        value={polygonRole}
        choices={polygonRoles.map((value) => ({
          value,
          label: t(`annotate.tools.polygonRoles.${value}`),
        }))}
        onChange={(role) => change({ polygonRole: role })}
      />
      <SnapOptions />
    </>
  );
}
