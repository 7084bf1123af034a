/**
 * Nobody's code. It has letters of both cases that other keyboard languages put elsewhere, digits, and punctuation with
 * and without Shift.
 */
export const TEST_CODE = 'MZ-qa_Wz7:m/3.95eY'
