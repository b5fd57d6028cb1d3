/// What stands in the message box.
export interface Box {
  text: string;
  /// How many questions ago the text was asked, 0 when it is typed.
  recalled: number;
  remarks: Remarks;
}

/// What is to be said of the text in the box, until it is changed.
export interface Remarks {
  waits: boolean;
  refused: readonly string[];
  pasted: number;
}

const noRemarks: Remarks = { waits: false, refused: [], pasted: 0 };

export const boxWith = (text: string, remarks: Partial<Remarks> = {}, recalled = 0): Box => ({
  text,
  recalled,
  remarks: { ...noRemarks, ...remarks },
});

export const withRemarks = (box: Box, remarks: Partial<Remarks>): Box => ({
  ...box,
  remarks: { ...noRemarks, ...remarks },
});

/// What is given goes below what was typed, and takes the place of what was recalled.
export const withGiven = (box: Box, given: string, remarks?: Partial<Remarks>): Box =>
  boxWith(box.text.trim() === "" || box.recalled > 0 ? given : `${box.text}\n\n${given}`, remarks);
