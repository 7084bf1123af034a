import type { SimulatedCharge } from './simulator-charge.ts'

/** Departments of the simulated hospital, each with the one doctor that works there. */
type Place = Pick<SimulatedCharge, 'deptCode' | 'deptName' | 'caty' | 'drCode' | 'drName'>

const place = (deptCode: string, deptName: string, caty: string, drCode: string, drName: string): Place => ({
  deptCode,
  deptName,
  caty,
  drCode: `D9901${drCode}`,
  drName,
})

export const RESPIRATORY = place('0301', '呼吸内科', 'A03.01', '0001', '方亦舟')
export const CARDIOLOGY = place('0304', '心血管内科', 'A03.04', '0002', '程望舒')
export const OPHTHALMOLOGY = place('1000', '眼科', 'A10', '0003', '迪丽娜尔·吐尔逊')
export const CHINESE_MEDICINE = place('5000', '中医科', 'A50', '0004', '温如言')
export const HEALTH_CHECK = place('9001', '健康管理中心', 'A69', '0005', '罗知夏')
export const ONCOLOGY = place('1900', '肿瘤科', 'A19', '0006', '秦怀瑾')
export const PAEDIATRICS = place('0700', '儿科', 'A07', '0007', '安若素')
export const GERIATRICS = place('0312', '老年病科', 'A03.12', '0008', '傅南山')
export const MATERNITY = place(
  '0502',
  '妇产科与生殖健康医学中心（产前诊断与遗传咨询联合门诊）',
  'A05.02',
  '0009',
  '祝清和',
)
export const OUTPATIENT_DESK = place('9002', '便民门诊', 'A69', '0010', '简从心')
export const ORTHOPAEDICS = place('0405', '骨科', 'A04.05', '0011', '欧阳松')
export const ENDOCRINOLOGY = place('0306', '内分泌科', 'A03.06', '0012', '贺兰亭')
export const EMERGENCY = place('2000', '急诊医学科', 'A20', '0013', '雷鸣远')
