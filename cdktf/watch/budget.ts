import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget/index.js';
import { Construct } from 'constructs';

export type BudgetProps = {
  readonly name: string;
  /** US dollars. */
  readonly monthly: number;
  /** SNS topics to tell. */
  readonly topics: readonly string[];
};

/**
 * Tells when the AWS account's bill of a month passes a share of the budget, or will pass all of it. AWS works the
 * bill out some three times a day; the alarms `flood` and `loop` tell within minutes. Atlas sends a bill of its own.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { name, monthly, topics }: BudgetProps) {
    super(scope, id);
    const notification = {
      comparisonOperator: 'GREATER_THAN',
      thresholdType: 'PERCENTAGE',
      subscriberSnsTopicArns: [...topics],
    };
    new BudgetsBudget(this, 'budget', {
      name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: String(monthly),
      limitUnit: 'USD',
      // AWS refuses a notification that nobody gets.
      ...(topics.length > 0 && {
        notification: [
          { ...notification, notificationType: 'ACTUAL', threshold: 80 },
          { ...notification, notificationType: 'FORECASTED', threshold: 100 },
        ],
      }),
    });
  }
}
