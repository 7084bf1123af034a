import type { FieldTable } from './wire-facts.ts'

/** Fields of 2.1's `data` that the document lists and the desk hands on unread. `payAuthNo` stands in the example only. */
export const FEE_DETAIL_UNREAD: FieldTable = {
  ...listed(
    `orgId initRxOrd ecToken insuCode atddrNo deptCode mdtrtId diseCodg diseName pubHospRfomFlag invono endtime
     fulamtOwnpayAmt overlmtSelfpay preselfpayAmt inscpScpAmt oprnOprtCode oprnOprtName fpscNo latechbFlag matnType
     birctrlType birctrlMatnDate pretFlag copFlag gesoVal fetts fetusCnt dscgDeptCodg dscgDeptName dscgDed dscgWay
     dieDate admDiagDscr admDeptCodg admDeptName admBed expContent uldLatlnt payAuthNo`,
  ),
  rxCircFlag: { dictionary: 'rxCircFlag' },
  caty: { required: true },
  feeType: { required: true },
  chrgBchno: { required: true },
  // Y in the table, absent in the example.
  acctUsedFlag: { dictionary: 'acctUsedFlag' },
  psnSetlway: { dictionary: 'psnSetlway' },
  midSetlFlag: { dictionary: 'midSetlFlag' },
  mdtrtCertType: { dictionary: 'mdtrtCertType' },
}

/** The same of one fee line. The example's rxCircFlag 012 and hospApprFlag 011 are in no dictionary (Q17). */
export const FEE_LINE_UNREAD: FieldTable = {
  ...listed(
    `mdtrtId psnNo chrgBchno diseCodg rxno feeOcurTime sinDosDscr usedFrquDscr prdDays medcWayDscr acordDeptCodg
     acordDeptName ordersDrCode ordersDrName tcmdrugUsedWay etipFlag etipHospCode dscgTkdrugFlag matnFeeFlag
     initFeedetlSn drordNo memo expContent combNo`,
  ),
  rxCircFlag: { required: true },
  hospApprFlag: { required: true },
  bilgDeptCodg: { required: true },
  bilgDrCodg: { required: true },
  medType: { dictionary: 'medType' },
}

function listed(names: string): FieldTable {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, {}]))
}
