import type { Reporter, TestCase, TestResult, TestStep } from '@playwright/test/reporter';

/** A line for each step of a journey. */
export default class Steps implements Reporter {
  onStepEnd(test: TestCase, _: TestResult, step: TestStep): void {
    if (step.category !== 'test.step') return;
    const engine = test.parent.project()?.name;
    console.log(`${engine}: ${hasFailed(step) ? 'FAILED' : 'ok'}  ${step.title} (${(step.duration / 1000).toFixed(1)} s)`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

/** What fails softly is an error of an inner step only; what is asked again until it is right fails further in. */
function hasFailed(step: TestStep): boolean {
  return step.error !== undefined || step.steps.some((inner) => inner.error !== undefined);
}
