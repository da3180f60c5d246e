import { Component, type ReactNode } from 'react';
import { ProblemAlert } from './parts/problem-alert.js';

interface CrashState {
  readonly error: Error | null;
}

/** A page that breaks says so; the menu around it goes on working. */
export class Crash extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: unknown): CrashState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? <ProblemAlert problem={error} onRetry={() => location.reload()} /> : this.props.children;
  }
}
