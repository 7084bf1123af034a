import { catalogueLine as inside, outsideLine as outside, type SimulatedPatient } from './simulator-charge.ts'
import {
  CARDIOLOGY,
  CHINESE_MEDICINE,
  EMERGENCY,
  ENDOCRINOLOGY,
  GERIATRICS,
  HEALTH_CHECK,
  MATERNITY,
  ONCOLOGY,
  OPHTHALMOLOGY,
  ORTHOPAEDICS,
  OUTPATIENT_DESK,
  PAEDIATRICS,
  RESPIRATORY,
} from './simulator-departments.ts'
import { HERB_LINES } from './simulator-herbs.ts'

/**
 * The simulated hospital's patients of every day. All invented: names of nobody, resident ids of area 99, which does
 * not exist. Each exercises something; what, stands above it.
 */

const visit = (count = '1') => inside('普通门诊诊察费', '次', 'S99110200001', '15', count)

export const SIMULATED_PATIENTS: readonly SimulatedPatient[] = [
  // Thirds of a fen: each line alone would round the other way than their sum.
  {
    name: '林小满',
    idNo: '99010119880307102X',
    insutype: '310',
    charges: [
      {
        ...RESPIRATORY,
        ...{ serial: '000101', atMinute: 8 * 60 + 12, medType: '11', complaint: '咳嗽、咽痛 3 天' },
        diagnoses: [['J06.900', '急性上呼吸道感染']],
        lines: [
          visit(),
          inside('阿莫西林胶囊', '0.5g×24粒', 'X99010100001', '13.333333', '2'),
          inside('复方甘草片', '100片/瓶', 'X99010100002', '8.444444', '1'),
          inside('血常规（五分类）', '次', 'S99250101015', '20.004444', '1'),
          inside('C反应蛋白测定', '次', 'S99250305007', '24.004445', '1'),
        ],
      },
    ],
  },
  // Several diagnoses, a part outside the catalogue, and a second charge of the same morning.
  {
    name: '周知行',
    idNo: '990102196209180116',
    insutype: '310',
    charges: [
      {
        ...CARDIOLOGY,
        ...{ serial: '000102', atMinute: 8 * 60 + 25, medType: '11', complaint: '血压控制不佳，头晕 1 周' },
        diagnoses: [
          ['I10.x00', '原发性高血压'],
          ['E11.900', '2型糖尿病'],
          ['E78.500', '高脂血症'],
          ['I25.103', '冠状动脉粥样硬化性心脏病'],
        ],
        lines: [
          visit(),
          inside('苯磺酸氨氯地平片', '5mg×28片', 'X99020100001', '26.873214', '2'),
          inside('阿托伐他汀钙片', '20mg×7片', 'X99020100002', '18.926571', '4'),
          inside('常规心电图检查', '次', 'S99310701001', '22', '1'),
          outside('辅酶Q10软胶囊', '10mg×60粒', 'Y99020100003', '98.5', '1'),
        ],
      },
      {
        ...CARDIOLOGY,
        ...{ serial: '000103', atMinute: 9 * 60 + 40, medType: '11', complaint: '复查血脂、肝功能' },
        diagnoses: [['E78.500', '高脂血症']],
        lines: [
          inside('血脂四项', '次', 'S99250303001', '36.5', '1'),
          inside('肝功能十一项', '次', 'S99250305001', '61.3', '1'),
        ],
      },
    ],
  },
  // A long name with middle dots; resident insurance, which has no personal account.
  {
    name: '古丽·阿卜杜热西提·买买提',
    idNo: '990103197905212047',
    insutype: '390',
    charges: [
      {
        ...OPHTHALMOLOGY,
        ...{ serial: '000104', atMinute: 8 * 60 + 31, medType: '11', complaint: '双眼干涩 2 月' },
        diagnoses: [['H04.100', '干眼症']],
        lines: [
          visit(),
          inside('玻璃酸钠滴眼液', '0.1% 5ml', 'X99030100001', '29.4', '3'),
          inside('裂隙灯检查', '次', 'S99310300055', '10', '2'),
          inside('泪液分泌试验', '次', 'S99310300061', '8.5', '1'),
        ],
      },
    ],
  },
  // Sixty fee lines, each with parts smaller than a fen.
  {
    name: '沈砚秋',
    idNo: '990104195511300332',
    insutype: '310',
    charges: [
      {
        ...CHINESE_MEDICINE,
        ...{ serial: '000105', atMinute: 8 * 60 + 44, medType: '11', complaint: '腰膝酸软、夜寐不安半年' },
        diagnoses: [
          ['M54.500', '下背痛'],
          ['G47.000', '失眠'],
        ],
        lines: HERB_LINES,
      },
    ],
  },
  // Wholly self-paid: nothing inside the catalogue.
  {
    name: '陆听澜',
    idNo: '990105199512121066',
    insutype: '310',
    charges: [
      {
        ...HEALTH_CHECK,
        ...{ serial: '000106', atMinute: 8 * 60 + 50, medType: '11', complaint: '入职体检' },
        diagnoses: [['Z00.001', '健康查体']],
        lines: [
          outside('入职体检套餐（甲）', '人次', 'Y99690000001', '388', '1'),
          outside('体检报告加急', '份', 'Y99690000002', '20', '1'),
        ],
      },
    ],
  },
  // More than a hundred thousand yuan.
  {
    name: '顾长庚',
    idNo: '990101194802290150',
    insutype: '310',
    charges: [
      {
        ...ONCOLOGY,
        ...{ serial: '000107', atMinute: 9 * 60 + 5, medType: '14', complaint: '淋巴瘤化疗后，拟行靶向治疗' },
        diagnoses: [
          ['C83.300', '弥漫性大B细胞淋巴瘤'],
          ['D70.x00', '粒细胞缺乏'],
        ],
        lines: [
          visit(),
          inside('维布妥昔单抗注射用浓溶液', '50mg', 'X99040100001', '4650.185', '24'),
          inside('重组人粒细胞刺激因子注射液', '300μg', 'X99040100002', '96.123456', '10'),
          inside('正电子发射计算机断层显像（PET-CT）', '次', 'S99240400001', '7000', '1'),
          outside('肿瘤基因检测（Panel 520）', '次', 'Y99040100003', '12800', '1'),
        ],
      },
    ],
  },
  // Prepaid money that covers a part.
  {
    name: '江晚舟',
    idNo: '990106201907140284',
    insutype: '390',
    prepaidYuan: '50',
    charges: [
      {
        ...PAEDIATRICS,
        ...{ serial: '000108', atMinute: 9 * 60 + 8, medType: '11', complaint: '发热 1 天，最高 39.2℃' },
        diagnoses: [['B08.501', '疱疹性咽峡炎']],
        lines: [
          visit(),
          inside('布洛芬混悬液', '100ml:2g', 'X99050100001', '17.62', '1'),
          inside('小儿豉翘清热颗粒', '2g×9袋', 'X99050100002', '36.8', '2'),
          inside('儿童静脉输液', '组', 'S99120400006', '12.5', '2'),
          inside('0.9%氯化钠注射液', '100ml', 'X99050100003', '2.133333', '1.5'),
        ],
      },
    ],
  },
  // Nothing to pay: the prepaid money covers all that insurance leaves.
  {
    name: '韩松龄',
    idNo: '990102194010030170',
    insutype: '340',
    prepaidYuan: '2000',
    charges: [
      {
        ...GERIATRICS,
        ...{ serial: '000109', atMinute: 9 * 60 + 17, medType: '11', complaint: '慢性病取药' },
        diagnoses: [
          ['J44.900', '慢性阻塞性肺疾病'],
          ['N40.x00', '前列腺增生'],
        ],
        lines: [
          visit(),
          inside('噻托溴铵粉雾剂', '18μg×30粒', 'X99060100001', '187.4', '1'),
          inside('盐酸坦索罗辛缓释胶囊', '0.2mg×10粒', 'X99060100002', '31.2', '3'),
        ],
      },
    ],
  },
  // A department whose name fills more than a line.
  {
    name: '苏木兰',
    idNo: '990107199006152225',
    insutype: '310',
    charges: [
      {
        ...MATERNITY,
        ...{ serial: '000110', atMinute: 9 * 60 + 26, medType: '51', complaint: '孕 16 周产前检查' },
        diagnoses: [['Z34.900', '正常妊娠监督']],
        lines: [
          visit(),
          inside('产前常规检查', '次', 'S99311201020', '35', '1'),
          inside('彩色多普勒超声（胎儿）', '次', 'S99220302001', '160', '1'),
          outside('无创产前基因检测', '次', 'Y99070100001', '1350.5', '1'),
        ],
      },
    ],
  },
  // The smallest amount there is, on a single line.
  {
    name: '白一鸣',
    idNo: '990108200101010198',
    insutype: '390',
    charges: [
      {
        ...OUTPATIENT_DESK,
        ...{ serial: '000111', atMinute: 9 * 60 + 33, medType: '11', complaint: '补打处方' },
        diagnoses: [['Z76.000', '发给重复处方']],
        lines: [inside('处方补差', '份', 'S99110200099', '0.01', '1')],
      },
    ],
  },
  // Implants outside the catalogue beside covered work; counts with fractions.
  {
    name: '欧阳若谷',
    idNo: '990109197108260319',
    insutype: '310',
    prepaidYuan: '500',
    charges: [
      {
        ...ORTHOPAEDICS,
        ...{ serial: '000112', atMinute: 9 * 60 + 48, medType: '11', complaint: '右腕扭伤 2 小时' },
        diagnoses: [
          ['S63.500', '腕关节扭伤'],
          ['S60.200', '腕部挫伤'],
        ],
        lines: [
          visit(),
          inside('腕关节正侧位摄片（DR）', '次', 'S99210102015', '78', '2'),
          inside('高分子绷带固定', '次', 'S99331523001', '112.35', '1'),
          inside('双氯芬酸钠凝胶', '20g', 'X99080100001', '24.777777', '0.5'),
          outside('定制腕部支具', '件', 'C99080100001', '460', '1'),
        ],
      },
    ],
  },
  // Chronic outpatient disease, with its code and name.
  {
    name: '叶知秋',
    idNo: '99010419660404044X',
    insutype: '310',
    charges: [
      {
        ...ENDOCRINOLOGY,
        ...{ serial: '000113', atMinute: 10 * 60 + 2, medType: '14', complaint: '糖尿病慢特病续方 1 月' },
        chronic: ['M01600', '糖尿病'],
        diagnoses: [['E11.900', '2型糖尿病']],
        lines: [
          inside('甘精胰岛素注射液', '3ml:300单位', 'X99090100001', '69.8712', '4'),
          inside('二甲双胍缓释片', '0.5g×60片', 'X99090100002', '32.5', '2'),
          inside('糖化血红蛋白测定', '次', 'S99250302003', '65', '1'),
        ],
      },
    ],
  },
  // Emergency at the end of the morning.
  {
    name: '唐小棠',
    idNo: '990110198309130553',
    insutype: '310',
    charges: [
      {
        ...EMERGENCY,
        ...{ serial: '000114', atMinute: 10 * 60 + 39, medType: '13', complaint: '右手切割伤 30 分钟' },
        diagnoses: [['S61.000', '手指开放性伤口']],
        lines: [
          inside('急诊诊察费', '次', 'S99110200003', '20', '1'),
          inside('清创缝合（小）', '次', 'S99331604001', '138.6', '1'),
          inside('破伤风人免疫球蛋白', '250IU', 'X99100100001', '218.45', '1'),
          outside('医用防水敷贴', '片', 'C99100100001', '6.6', '3'),
        ],
      },
    ],
  },
]
