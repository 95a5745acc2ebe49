// How this browser's user likes curves: kept from page to page.

import { useLocalStorage } from '@mantine/hooks';
import { curveAxes } from './curve.ts';
import type { CurveLook } from './curve-options.ts';

const usual: CurveLook = { axis: 'step', isLog: false, smoothing: 0.6 };
export const mostSmoothing = 0.98;

const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** What is stored may be of another version of the pages. */
function read(text: string | undefined): CurveLook {
  try {
    const { axis, isLog, smoothing } = JSON.parse(text ?? '{}') as Partial<CurveLook>;
    return {
      axis: curveAxes.find((each) => each === axis) ?? usual.axis,
      isLog: isLog === true,
      smoothing: isNumber(smoothing)
        ? Math.min(mostSmoothing, Math.max(0, smoothing))
        : usual.smoothing,
    };
  } catch {
    return usual;
  }
}

export function useCurveLook() {
  const [look, setLook] = useLocalStorage<CurveLook>({
    key: 'migaki-curves',
    defaultValue: usual,
    deserialize: read,
    getInitialValueInEffect: false,
  });
  return [look, (changed: Partial<CurveLook>) => setLook({ ...look, ...changed })] as const;
}
