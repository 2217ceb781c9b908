// The field's words for codes of the API.
import { texts } from "./i18n.js";

const table = (entries) => {
    const t = texts(entries);
    return (code) => (code in entries ? t(code) : String(code ?? ""));
};

export const roleName = table({
    candidate: ["обучающийся", "candidate"], examiner: ["преподаватель", "examiner"], verifier: ["уполномоченное лицо", "verifier"],
    reviewer: ["проверяющий", "reviewer"], compliance_officer: ["ответственный за учёт идентификации", "compliance officer"],
    administrator: ["администратор", "administrator"], partner: ["партнёрская организация", "partner"],
    technical_responsible: ["ответственный за техническую поддержку", "technical support"],
});

export const stateName = table({
    created: ["личность не подтверждена", "not identified yet"], ready_to_start: ["можно начинать", "ready to start"], started: ["идёт", "under way"],
    ready_to_submit: ["завершает", "about to hand in"], paused: ["приостановлена", "paused"], timed_out: ["время вышло", "time is over"],
    submitted: ["сдана", "handed in"], second_review_required: ["нужна вторая проверка", "second review needed"], verified: ["подтверждена", "verified"],
    rejected: ["не засчитана", "rejected"], error: ["не состоялась", "has not taken place"], expired: ["не явился", "not started in time"], declined: ["отказ от участия", "declined"],
});
const STATE_KIND = {
    started: "info", ready_to_submit: "info", ready_to_start: "good", paused: "warn", submitted: "", verified: "good", rejected: "bad", error: "bad",
    second_review_required: "warn", timed_out: "warn", expired: "bad", declined: "",
};
export const stateKind = (state) => STATE_KIND[state] ?? "";

export const methodName = table({ electronic: ["электронная", "electronic"], biometric: ["биометрическая", "biometric"], visual: ["визуальная", "visual"] });
export const outcomeName = table({ match: ["совпадение", "match"], non_match: ["несовпадение", "no match"], inconclusive: ["не определено", "inconclusive"] });
export const outcomeKind = (outcome) => ({ match: "good", non_match: "bad", inconclusive: "warn" })[outcome] ?? "";

export const webhookKindName = table({
    "grade_sheet.closed": ["ведомость закрыта", "grade sheet closed"], "grade_sheet.reopened": ["ведомость открыта вновь", "grade sheet reopened"],
    "attempt.not_taken_place": ["аттестация не состоялась", "attestation has not taken place"], "attempt.started": ["попытка начата", "attempt started"],
    "attempt.submitted": ["работа сдана", "handed in"], "attempt.rejected": ["попытка прекращена", "attempt rejected"],
    "attempt.graded": ["оценка выставлена", "graded"], "flag.raised": ["отметка о нарушении", "flag raised"], "flag.decided": ["решение по отметке", "flag decided"],
});
export const WEBHOOK_KINDS = [
    "grade_sheet.closed", "grade_sheet.reopened", "attempt.not_taken_place", "attempt.started", "attempt.submitted", "attempt.rejected",
    "attempt.graded", "flag.raised", "flag.decided",
];

export const momentName = table({
    login: ["вход", "login"], before_start: ["перед началом", "before the start"], interval: ["по расписанию", "at an interval"], on_resume: ["при возобновлении", "on resume"],
    before_submission: ["перед сдачей", "before handing in"], on_demand: ["по требованию", "on demand"], while_running: ["во время экзамена", "while it runs"], apart: ["вне экзамена", "apart from exams"],
});

export const procedureName = table({
    admission_of_documents: ["приём документов", "admission of documents"], current_control: ["текущий контроль", "current control"],
    intermediate_attestation: ["промежуточная аттестация", "intermediate attestation"], final_attestation: ["итоговая аттестация", "final attestation"],
    teaching_help: ["учебная помощь", "teaching help"], other: ["другое", "other"],
});

export const formName = table({
    test: ["тест", "test"], written: ["письменный", "written"], written_oral: ["письменно-устный", "written and oral"], oral: ["устный", "oral"], defence: ["защита", "defence"],
});

export const gradeName = table({
    excellent: ["отлично", "excellent"], good: ["хорошо", "good"], satisfactory: ["удовлетворительно", "satisfactory"], unsatisfactory: ["неудовлетворительно", "unsatisfactory"],
    passed: ["зачтено", "passed"], failed: ["не зачтено", "failed"], not_appeared: ["не явился", "absent"], not_appeared_excused: ["не явился, уважительная причина", "absent, excused"],
    not_taken_place: ["не состоялось", "has not taken place"], not_admitted: ["не допущен", "not admitted"],
});
export const gradeKind = (grade) => (["excellent", "good", "passed", "satisfactory"].includes(grade) ? "good" : grade ? "bad" : "");

export const reasonName = table({
    identification_lapsed: ["идентификация утратила силу", "identification lapsed"], unable_to_attend: ["не может участвовать", "unable to attend"], own_refusal: ["отказ", "own refusal"],
    entitlement: ["право на условия", "entitlement"], connection_interrupted: ["прерывалась связь", "connection was interrupted"], device_failure: ["неисправность устройства", "device failure"],
    technical_failure: ["технический сбой", "technical failure"], health: ["здоровье", "health"], check_needed: ["нужна проверка", "a check is needed"], candidate_request: ["просьба обучающегося", "candidate's request"],
    dishonesty: ["нарушение правил", "dishonesty"], other_person: ["другое лицо", "other person"], connection_lost: ["потеря связи", "connection lost"], submitted_by_mistake: ["сдано по ошибке", "handed in by mistake"],
    suspicion: ["подозрение", "suspicion"], sample: ["выборочная проверка", "sample"], appeal: ["апелляция", "appeal"], nothing_found: ["нарушений нет", "nothing found"], other: ["другое", "other"],
});

export const lookName = table({
    portrait: ["портрет", "portrait"], template: ["шаблон лица", "face template"], frame: ["кадр", "frame"], scores: ["результаты сверки", "comparison scores"], comparison_results: ["результаты сверки", "comparison results"],
    workplace: ["снимок рабочего места", "picture of the workplace"], document: ["снимок документа", "picture of the document"], live: ["снимок лица", "picture of the face"], document_number: ["номер документа", "document's number"], case_document: ["документ дела", "document of a case"], document_form: ["данные документа", "document's details"], answers: ["ответы", "answers"], answer_file: ["файл ответа", "file of an answer"], grades: ["оценки", "grades"], measurements: ["измерения сверки", "measurements"],
});
export const purposeName = table({
    attempt_review: ["проверка попытки", "review of an attempt"], appeal: ["апелляция", "appeal"], inspection: ["внешняя проверка", "inspection"], subject_request: ["запрос человека", "the person's request"], incident: ["происшествие", "incident"],
    register: ["ведение журнала", "keeping the register"], unstated: ["не указана", "not stated"], control: ["контроль экзамена", "control of the exam"], work: ["проверка работ и ведение ведомостей", "grading and grade sheets"], verification: ["проверка личности", "checking identity"], comparison: ["сверка лица", "comparing faces"], duplicate_review: ["разбор совпадения лиц", "review of a duplicate"], duplicate_search: ["поиск двойников", "search for duplicates"], export: ["выгрузка", "export"],
    appeals: ["апелляция", "appeal"], credit_transfer: ["перезачёт", "credit transfer"], retake: ["пересдача", "retake"], disciplinary: ["дисциплинарное дело", "disciplinary case"], expulsion: ["отчисление", "expulsion"],
});
export const severityName = table({ ordinary: ["обычно", "ordinary"], notice: ["к сведению", "notice"], warning: ["внимание", "warning"], serious: ["серьёзно", "serious"], critical: ["критично", "critical"] });
export const severityKind = (severity) => ({ warning: "warn", serious: "bad", critical: "bad" })[severity] ?? "info";

export const visualStateName = table({
    waiting: ["ожидает", "waiting"], taken: ["в работе", "in hand"], waiting_for_second: ["ждёт второго", "waits for a second"], taken_by_second: ["у второго", "with the second"], decided: ["решено", "decided"], cancelled: ["отменено", "cancelled"],
});
export const visualReasonName = table({
    document_matches: ["документ и лицо совпадают", "document and face match"], names_differ_explained: ["имена различаются, объяснено", "names differ, explained"], other_person: ["другое лицо", "other person"],
    document_not_theirs: ["документ не его", "document is not theirs"], document_forged: ["признаки подделки", "document forged"], document_not_valid: ["документ недействителен", "document not valid"],
    translation_missing: ["нет перевода", "translation missing"], document_unreadable: ["документ не читается", "document unreadable"], names_differ: ["имена различаются", "names differ"], face_not_visible: ["лицо не видно", "face not visible"],
    connection_bad: ["плохая связь", "bad connection"], candidate_left: ["обучающийся ушёл", "candidate left"], verifiers_disagree: ["мнения разошлись", "verifiers disagree"],
});
const comparisonReasonName = table({
    password_valid: ["пароль верен", "password right"], password_wrong: ["пароль неверен", "password wrong"], login_unknown: ["логин неизвестен", "login unknown"],
    account_disabled: ["учётная запись отключена", "account disabled"], second_factor_needed: ["нужен второй фактор", "second factor needed"], second_factor_wrong: ["второй фактор неверен", "second factor wrong"],
    provider_valid: ["вход через организацию", "login by the institution"], provider_answer_invalid: ["ответ организации недействителен", "institution's answer invalid"], provider_other_browser: ["другой браузер", "another browser"],
    provider_refused: ["организация отказала", "institution refused"], provider_role_missing: ["организация не назвала роль", "institution named no role"],
    server_error: ["сбой на стороне организации", "institution's server failed"], temporarily_unavailable: ["вход организации недоступен", "institution's login unavailable"],
    compared: ["лица сверены", "faces compared"], not_compared: ["сверки не было", "not compared"], portrait_of_other_model: ["портрет другой модели", "portrait of another model"],
    several_people: ["на снимках разные люди", "different people in the pictures"], suspected_copy: ["похоже на сам портрет", "looks like the portrait itself"], camera_covered: ["камера закрыта", "camera covered"],
    liveness_not_confirmed: ["живое присутствие не подтверждено", "liveness not confirmed"], no_face: ["лица нет", "no face"], several_faces: ["несколько лиц", "several faces"],
    face_too_small: ["лицо слишком мелко", "face too small"], face_cut_by_edge: ["лицо обрезано краем", "face cut by the edge"], face_near_edge: ["лицо у самого края", "face near the edge"],
    head_turned: ["голова повёрнута", "head turned"], head_nodded: ["голова поднята или опущена", "head raised or lowered"], head_tilted: ["голова наклонена", "head tilted"],
    face_too_dark: ["лицо слишком тёмное", "face too dark"], face_too_bright: ["лицо слишком светлое", "face too bright"], face_too_flat: ["лицо без теней", "face too flat"], light_uneven: ["неровный свет", "uneven light"],
    face_blurred: ["лицо размыто", "face blurred"], face_covered: ["лицо закрыто", "face covered"], eyes_covered: ["глаза не видны", "eyes covered"], mouth_covered: ["рот не виден", "mouth covered"], background_busy: ["пёстрый фон", "busy background"],
});
/** Why an identification ended as it did, of whatever method. */
export const identificationReasonName = (code) => visualReasonName(comparisonReasonName(code));

// ISO/IEC 29794-5 names them.
export const qualityName = table({
    single_face_present: ["одно лицо", "single face present"], inter_eye_distance: ["расстояние между глазами", "inter-eye distance"], face_outside_picture: ["лицо вне снимка", "face outside the picture"],
    leftward_crop_of_the_face_image: ["поле слева", "leftward crop"], rightward_crop_of_the_face_image: ["поле справа", "rightward crop"], margin_above_of_the_face_image: ["поле сверху", "margin above"], margin_below_of_the_face_image: ["поле снизу", "margin below"],
    head_pose_yaw: ["поворот головы", "head pose: yaw"], head_pose_pitch: ["наклон головы вперёд и назад", "head pose: pitch"], head_pose_roll: ["наклон головы вбок", "head pose: roll"],
    luminance_mean: ["средняя яркость", "luminance mean"], under_exposure_prevention: ["нет недодержки", "under-exposure prevention"], over_exposure_prevention: ["нет передержки", "over-exposure prevention"],
    dynamic_range: ["динамический диапазон", "dynamic range"], illumination_uniformity: ["ровность освещения", "illumination uniformity"], sharpness: ["резкость", "sharpness"],
    face_occlusion_prevention: ["лицо не закрыто", "face occlusion prevention"], eyes_visible: ["глаза видны", "eyes visible"], mouth_occlusion_prevention: ["рот не закрыт", "mouth occlusion prevention"], background_uniformity: ["ровность фона", "background uniformity"],
});
export const livenessCheckName = table({
    capture: ["съёмка", "capture"], capture_order: ["порядок кадров", "capture order"], single_face: ["одно лицо", "single face"], picture_quality: ["качество снимков", "picture quality"], movements: ["движения", "movements"],
    parallax: ["параллакс", "parallax"], relief: ["рельеф лица", "relief"], outline: ["контур головы", "outline"], continuity: ["непрерывность", "continuity"], stillness: ["неподвижность", "stillness"],
    repetition: ["повторы кадров", "repetition"], same_face: ["одно и то же лицо", "same face"], reference: ["лицо с портрета", "the portrait's face"],
});
export const documentKindName = table({
    russian_passport: ["паспорт РФ", "Russian passport"], russian_travel_passport: ["загранпаспорт РФ", "Russian travel passport"], temporary_identity_card: ["временное удостоверение", "temporary identity card"],
    military_id: ["военный билет", "military ID"], foreign_passport: ["паспорт иностранного гражданина", "foreign passport"], foreign_identity_card: ["иностранное удостоверение", "foreign identity card"],
    residence_permit: ["вид на жительство", "residence permit"], temporary_residence_permit: ["разрешение на временное проживание", "temporary residence permit"], stateless_identity_card: ["удостоверение лица без гражданства", "stateless person's card"],
    refugee_certificate: ["удостоверение беженца", "refugee certificate"], refugee_application: ["свидетельство о ходатайстве", "refugee application"], temporary_asylum: ["временное убежище", "temporary asylum"],
    gradebook: ["зачётная книжка", "gradebook"], student_card: ["студенческий билет", "student card"], other: ["иной документ", "other document"],
});

export const eventName = table({
    "attempt.created": ["попытка создана", "attempt made"], "attempt.ready_to_start": ["можно начинать", "ready to start"], "attempt.started": ["начало", "started"], "attempt.submitted": ["работа сдана", "handed in"],
    "attempt.graded": ["оценка выставлена", "graded"], "attempt.rejected": ["попытка прекращена", "attempt ended by a person"], "attempt.paused": ["пауза", "paused"], "attempt.resumed": ["продолжение", "resumed"],
    "attempt.time_given": ["добавлено время", "time given"], "attempt.timed_out": ["время вышло", "time is over"], "attempt.reopened": ["открыта снова", "reopened"], "attempt.failed": ["не состоялась", "has not taken place"],
    "attempt.declined": ["отказ от участия", "declined"], "attempt.expired": ["не начата вовремя", "not started in time"], "attempt.reviewed": ["решение проверки", "reviewed"], "attempt.flagged": ["отметка", "flagged"],
    "identification.made": ["сверка лица", "face compared"], "identification.demanded": ["требование показать", "demand to show"], "identification.answered": ["требование выполнено", "demand met"],
    "identification.missed": ["требование не выполнено", "demand missed"], "identification.overridden": ["допущен без идентификации", "let through without identification"],
    "verification.queued": ["в очереди на проверку", "in the verifiers' queue"], "verification.taken": ["проверка начата", "verification began"], "verification.returned": ["возврат в очередь", "back to the queue"], "verification.decided": ["проверка завершена", "verification decided"],
    "message.sent": ["сообщение", "message"], "device.taken_over": ["смена устройства", "device changed"], "answer.saved": ["ответ сохранён", "answer saved"], "sheet.received": ["файл получен", "file received"],
    "write.refused": ["отклонена запись", "write refused"], "access.refused": ["чужой доступ отклонён", "foreign access refused"],
    "presence.absent": ["никого в кадре", "nobody in frame"], "presence.absent_ended": ["снова в кадре", "back in frame"], "presence.several_people": ["несколько человек", "several people"], "presence.several_people_ended": ["снова один", "alone again"],
    "presence.other_person": ["другой человек", "another person"], "presence.other_person_ended": ["снова обучающийся", "the candidate again"], "presence.suspected_copy": ["показан портрет", "portrait held up"], "presence.suspected_copy_ended": ["портрет убран", "portrait gone"],
    "presence.turned_away": ["лицо отвёрнуто", "face turned away"], "presence.turned_away_ended": ["лицо повёрнуто к камере", "face turned back"], "presence.camera_covered": ["камера закрыта", "camera covered"], "presence.camera_covered_ended": ["камера открыта", "camera clear"],
    "presence.frames_missing": ["кадры не поступали", "frames were missing"],
    "client.tab_hidden": ["вкладка скрыта", "tab hidden"], "client.tab_shown": ["вкладка открыта", "tab shown"], "client.window_blurred": ["окно не в фокусе", "window lost focus"], "client.window_focused": ["окно в фокусе", "window in focus"],
    "client.full_screen_left": ["выход из полного экрана", "full screen left"], "client.copied": ["копирование", "copied"], "client.pasted": ["вставка", "pasted"], "client.camera_lost": ["камера отключилась", "camera lost"],
    "message.read": ["сообщение показано", "message shown"], "flag.raised": ["поставлена отметка", "flag raised"], "flag.decided": ["решено об отметке", "flag decided"], "client.second_screen": ["второй экран", "second screen"], "client.device_changed": ["сменилось устройство", "device changed"],
    "client.camera_restored": ["камера снова работает", "camera back"], "client.microphone_restored": ["микрофон снова работает", "microphone back"], "client.full_screen_entered": ["полный экран", "full screen"], "client.help_asked": ["просит о помощи", "asks for help"],
    "client.microphone_lost": ["микрофон отключился", "microphone lost"], "client.network_lost": ["связь потеряна", "network lost"], "client.network_restored": ["связь восстановлена", "network restored"],
});
export const EVENT_TYPES = [
    "attempt.created", "attempt.ready_to_start", "attempt.started", "attempt.submitted", "attempt.graded", "attempt.rejected", "attempt.paused", "attempt.resumed", "attempt.time_given",
    "attempt.timed_out", "attempt.reopened", "attempt.failed", "attempt.declined", "attempt.expired", "attempt.reviewed", "attempt.flagged", "identification.made", "identification.demanded",
    "identification.answered", "identification.missed", "identification.overridden", "verification.queued", "verification.taken", "verification.returned", "verification.decided", "message.sent",
    "device.taken_over", "answer.saved", "sheet.received", "write.refused", "access.refused", "presence.absent", "presence.absent_ended", "presence.several_people", "presence.several_people_ended",
    "presence.other_person", "presence.other_person_ended", "presence.suspected_copy", "presence.suspected_copy_ended", "presence.turned_away", "presence.turned_away_ended", "presence.camera_covered",
    "presence.camera_covered_ended", "presence.frames_missing", "client.tab_hidden", "client.tab_shown", "client.window_blurred", "client.window_focused", "client.full_screen_left", "client.copied",
    "client.pasted", "client.camera_lost", "client.microphone_lost", "client.network_lost", "client.network_restored", "message.read", "flag.raised", "flag.decided", "client.second_screen", "client.device_changed", "client.camera_restored",
    "client.microphone_restored", "client.full_screen_entered", "client.help_asked",
];
const BAD = new Set(["presence.other_person", "presence.suspected_copy", "presence.several_people", "identification.missed", "attempt.rejected", "attempt.flagged", "access.refused", "flag.raised"]);
const WARN = new Set(["presence.absent", "presence.turned_away", "presence.camera_covered", "presence.frames_missing", "client.tab_hidden", "client.full_screen_left", "client.copied", "client.pasted",
    "client.camera_lost", "client.microphone_lost", "client.network_lost", "client.window_blurred", "write.refused", "client.help_asked", "client.second_screen", "client.device_changed", "device.taken_over", "attempt.paused"]);
/** How much an event stands out; it decides nothing. */
export const eventKind = (type) => (BAD.has(type) ? "bad" : WARN.has(type) ? "warn" : "");
/** Whether somebody who watches should be shown it at once. */
export const deservesALook = (type) => BAD.has(type) || (WARN.has(type) && type !== "attempt.paused");

export const factsText = (facts) => Object.entries(facts ?? {}).filter(([name]) => !name.endsWith("_id") && !name.endsWith("_sha256") && name !== "since")
    .map(([name, value]) => (name === "outcome" ? outcomeName(value) : name === "moment" ? momentName(value) : `${name}: ${value}`)).join(", ");
