// A line under the header while the server works on a call for long, and for how long it has done so.

import { useTranslation } from 'react-i18next';
import { useLongCall } from '../server/calls-under-way.ts';

/** From here on one wonders whether it still goes on. */
const wonderSeconds = 3;

export function WorkingLine() {
  const { t } = useTranslation();
  const seconds = useLongCall();
  if (seconds === null) return null;
  return (
    <div className="working-line">
      <div role="progressbar" aria-label={t('shell.working')} />
      {seconds >= wonderSeconds && <span aria-hidden>{t('shell.workingFor', { seconds })}</span>}
    </div>
  );
}
