// A named setting in the bar of options.

import { SegmentedControl, Slider, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export function Option({
  label,
  children,
}: {
  label: string;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="annotate-option">
      <Text size="xs" id={id} className="annotate-option-name">
        {label}
      </Text>
      {children(id)}
    </div>
  );
}

interface SliderOptionProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** As it is written beside the slider. */
  text: string;
  /** Small values need more room than large ones. */
  isLogarithmic?: boolean;
  onChange: (value: number) => void;
}

export function SliderOption(props: SliderOptionProps) {
  const { label, value, min, max, step = 1, text, isLogarithmic = false, onChange } = props;
  const toSlider = (number: number) => (isLogarithmic ? Math.log(number / min) : number);
  const fromSlider = (number: number) =>
    isLogarithmic ? Math.round(min * Math.exp(number)) : number;
  return (
    <Option label={label}>
      {() => (
        <>
          <Slider
            className="annotate-slider"
            size="sm"
            min={toSlider(min)}
            max={toSlider(max)}
            step={isLogarithmic ? 0.05 : step}
            value={toSlider(value)}
            label={null}
            thumbLabel={label}
            onChange={(number) => onChange(fromSlider(number))}
          />
          <Text size="xs" className="annotate-option-value">
            {text}
          </Text>
        </>
      )}
    </Option>
  );
}

interface ChoiceOptionProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
}

export function ChoiceOption<Value extends string>(props: ChoiceOptionProps<Value>) {
  const { label, value, choices, onChange } = props;
  return (
    <Option label={label}>
      {(id) => (
        <SegmentedControl
          size="xs"
          aria-labelledby={id}
          value={value}
          data={[...choices]}
          onChange={(chosen) => onChange(chosen as Value)}
        />
      )}
    </Option>
  );
}
