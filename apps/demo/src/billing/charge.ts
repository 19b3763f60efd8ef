/** A charge on a customer's card, as the billing service answers it. */
export interface Charge {
  readonly id: string;
  readonly invoice: string;
  readonly amountCents: number;
  readonly currency: string;
}
