// Made by Sources/CPages/list from what is in Sources/Pages/Site; not edited by hand.
#include "CPages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file0[] = {
#embed "../Pages/Site/app.js"
};
static const unsigned char file1[] = {
#embed "../Pages/Site/icon.svg"
};
static const unsigned char file2[] = {
#embed "../Pages/Site/index.html"
};
static const unsigned char file3[] = {
#embed "../Pages/Site/lib/api.js"
};
static const unsigned char file4[] = {
#embed "../Pages/Site/lib/camera.js"
};
static const unsigned char file5[] = {
#embed "../Pages/Site/lib/casefields.js"
};
static const unsigned char file6[] = {
#embed "../Pages/Site/lib/control.js"
};
static const unsigned char file7[] = {
#embed "../Pages/Site/lib/decide.js"
};
static const unsigned char file8[] = {
#embed "../Pages/Site/lib/demands.js"
};
static const unsigned char file9[] = {
#embed "../Pages/Site/lib/desk.js"
};
static const unsigned char file10[] = {
#embed "../Pages/Site/lib/dom.js"
};
static const unsigned char file11[] = {
#embed "../Pages/Site/lib/events.js"
};
static const unsigned char file12[] = {
#embed "../Pages/Site/lib/exam-timer.js"
};
static const unsigned char file13[] = {
#embed "../Pages/Site/lib/examination.js"
};
static const unsigned char file14[] = {
#embed "../Pages/Site/lib/exports.js"
};
static const unsigned char file15[] = {
#embed "../Pages/Site/lib/flags.js"
};
static const unsigned char file16[] = {
#embed "../Pages/Site/lib/formula.js"
};
static const unsigned char file17[] = {
#embed "../Pages/Site/lib/i18n.js"
};
static const unsigned char file18[] = {
#embed "../Pages/Site/lib/identify.js"
};
static const unsigned char file19[] = {
#embed "../Pages/Site/lib/offline.js"
};
static const unsigned char file20[] = {
#embed "../Pages/Site/lib/people.js"
};
static const unsigned char file21[] = {
#embed "../Pages/Site/lib/phone-link.js"
};
static const unsigned char file22[] = {
#embed "../Pages/Site/lib/presence.js"
};
static const unsigned char file23[] = {
#embed "../Pages/Site/lib/question.js"
};
static const unsigned char file24[] = {
#embed "../Pages/Site/lib/queue.js"
};
static const unsigned char file25[] = {
#embed "../Pages/Site/lib/relogin.js"
};
static const unsigned char file26[] = {
#embed "../Pages/Site/lib/rich.js"
};
static const unsigned char file27[] = {
#embed "../Pages/Site/lib/shell.js"
};
static const unsigned char file28[] = {
#embed "../Pages/Site/lib/survey.js"
};
static const unsigned char file29[] = {
#embed "../Pages/Site/lib/time.js"
};
static const unsigned char file30[] = {
#embed "../Pages/Site/lib/ui.js"
};
static const unsigned char file31[] = {
#embed "../Pages/Site/lib/words.js"
};
static const unsigned char file32[] = {
#embed "../Pages/Site/pages/account.js"
};
static const unsigned char file33[] = {
#embed "../Pages/Site/pages/attempt.js"
};
static const unsigned char file34[] = {
#embed "../Pages/Site/pages/card.js"
};
static const unsigned char file35[] = {
#embed "../Pages/Site/pages/case.js"
};
static const unsigned char file36[] = {
#embed "../Pages/Site/pages/cases.js"
};
static const unsigned char file37[] = {
#embed "../Pages/Site/pages/check.js"
};
static const unsigned char file38[] = {
#embed "../Pages/Site/pages/consents.js"
};
static const unsigned char file39[] = {
#embed "../Pages/Site/pages/home.js"
};
static const unsigned char file40[] = {
#embed "../Pages/Site/pages/identity.js"
};
static const unsigned char file41[] = {
#embed "../Pages/Site/pages/login.js"
};
static const unsigned char file42[] = {
#embed "../Pages/Site/pages/messages.js"
};
static const unsigned char file43[] = {
#embed "../Pages/Site/pages/phone.js"
};
static const unsigned char file44[] = {
#embed "../Pages/Site/pages/portrait.js"
};
static const unsigned char file45[] = {
#embed "../Pages/Site/pages/practice.js"
};
static const unsigned char file46[] = {
#embed "../Pages/Site/pages/register.js"
};
static const unsigned char file47[] = {
#embed "../Pages/Site/pages/reset.js"
};
static const unsigned char file48[] = {
#embed "../Pages/Site/pages/result.js"
};
static const unsigned char file49[] = {
#embed "../Pages/Site/pages/results.js"
};
static const unsigned char file50[] = {
#embed "../Pages/Site/pages/schedule.js"
};
static const unsigned char file51[] = {
#embed "../Pages/Site/pages/staff-access.js"
};
static const unsigned char file52[] = {
#embed "../Pages/Site/pages/staff-attempt.js"
};
static const unsigned char file53[] = {
#embed "../Pages/Site/pages/staff-bank.js"
};
static const unsigned char file54[] = {
#embed "../Pages/Site/pages/staff-banks.js"
};
static const unsigned char file55[] = {
#embed "../Pages/Site/pages/staff-case.js"
};
static const unsigned char file56[] = {
#embed "../Pages/Site/pages/staff-consents.js"
};
static const unsigned char file57[] = {
#embed "../Pages/Site/pages/staff-contracts.js"
};
static const unsigned char file58[] = {
#embed "../Pages/Site/pages/staff-duplicates.js"
};
static const unsigned char file59[] = {
#embed "../Pages/Site/pages/staff-exam-new.js"
};
static const unsigned char file60[] = {
#embed "../Pages/Site/pages/staff-exam.js"
};
static const unsigned char file61[] = {
#embed "../Pages/Site/pages/staff-exams.js"
};
static const unsigned char file62[] = {
#embed "../Pages/Site/pages/staff-flag-rules.js"
};
static const unsigned char file63[] = {
#embed "../Pages/Site/pages/staff-grading.js"
};
static const unsigned char file64[] = {
#embed "../Pages/Site/pages/staff-groups.js"
};
static const unsigned char file65[] = {
#embed "../Pages/Site/pages/staff-health.js"
};
static const unsigned char file66[] = {
#embed "../Pages/Site/pages/staff-orders.js"
};
static const unsigned char file67[] = {
#embed "../Pages/Site/pages/staff-people.js"
};
static const unsigned char file68[] = {
#embed "../Pages/Site/pages/staff-person.js"
};
static const unsigned char file69[] = {
#embed "../Pages/Site/pages/staff-policies.js"
};
static const unsigned char file70[] = {
#embed "../Pages/Site/pages/staff-queue.js"
};
static const unsigned char file71[] = {
#embed "../Pages/Site/pages/staff-record.js"
};
static const unsigned char file72[] = {
#embed "../Pages/Site/pages/staff-register.js"
};
static const unsigned char file73[] = {
#embed "../Pages/Site/pages/staff-registers.js"
};
static const unsigned char file74[] = {
#embed "../Pages/Site/pages/staff-reports.js"
};
static const unsigned char file75[] = {
#embed "../Pages/Site/pages/staff-retention.js"
};
static const unsigned char file76[] = {
#embed "../Pages/Site/pages/staff-review.js"
};
static const unsigned char file77[] = {
#embed "../Pages/Site/pages/staff-sheet.js"
};
static const unsigned char file78[] = {
#embed "../Pages/Site/pages/staff-sheets.js"
};
static const unsigned char file79[] = {
#embed "../Pages/Site/pages/staff-survey.js"
};
static const unsigned char file80[] = {
#embed "../Pages/Site/pages/staff-surveys.js"
};
static const unsigned char file81[] = {
#embed "../Pages/Site/pages/staff-wall.js"
};
static const unsigned char file82[] = {
#embed "../Pages/Site/pages/staff-webhooks.js"
};
static const unsigned char file83[] = {
#embed "../Pages/Site/pages/staff-work.js"
};
static const unsigned char file84[] = {
#embed "../Pages/Site/pages/waiting.js"
};
static const unsigned char file85[] = {
#embed "../Pages/Site/service-worker.js"
};
static const unsigned char file86[] = {
#embed "../Pages/Site/style.css"
};

static const struct cpages_file files[] = {
    {"app.js", file0, sizeof file0},
    {"icon.svg", file1, sizeof file1},
    {"index.html", file2, sizeof file2},
    {"lib/api.js", file3, sizeof file3},
    {"lib/camera.js", file4, sizeof file4},
    {"lib/casefields.js", file5, sizeof file5},
    {"lib/control.js", file6, sizeof file6},
    {"lib/decide.js", file7, sizeof file7},
    {"lib/demands.js", file8, sizeof file8},
    {"lib/desk.js", file9, sizeof file9},
    {"lib/dom.js", file10, sizeof file10},
    {"lib/events.js", file11, sizeof file11},
    {"lib/exam-timer.js", file12, sizeof file12},
    {"lib/examination.js", file13, sizeof file13},
    {"lib/exports.js", file14, sizeof file14},
    {"lib/flags.js", file15, sizeof file15},
    {"lib/formula.js", file16, sizeof file16},
    {"lib/i18n.js", file17, sizeof file17},
    {"lib/identify.js", file18, sizeof file18},
    {"lib/offline.js", file19, sizeof file19},
    {"lib/people.js", file20, sizeof file20},
    {"lib/phone-link.js", file21, sizeof file21},
    {"lib/presence.js", file22, sizeof file22},
    {"lib/question.js", file23, sizeof file23},
    {"lib/queue.js", file24, sizeof file24},
    {"lib/relogin.js", file25, sizeof file25},
    {"lib/rich.js", file26, sizeof file26},
    {"lib/shell.js", file27, sizeof file27},
    {"lib/survey.js", file28, sizeof file28},
    {"lib/time.js", file29, sizeof file29},
    {"lib/ui.js", file30, sizeof file30},
    {"lib/words.js", file31, sizeof file31},
    {"pages/account.js", file32, sizeof file32},
    {"pages/attempt.js", file33, sizeof file33},
    {"pages/card.js", file34, sizeof file34},
    {"pages/case.js", file35, sizeof file35},
    {"pages/cases.js", file36, sizeof file36},
    {"pages/check.js", file37, sizeof file37},
    {"pages/consents.js", file38, sizeof file38},
    {"pages/home.js", file39, sizeof file39},
    {"pages/identity.js", file40, sizeof file40},
    {"pages/login.js", file41, sizeof file41},
    {"pages/messages.js", file42, sizeof file42},
    {"pages/phone.js", file43, sizeof file43},
    {"pages/portrait.js", file44, sizeof file44},
    {"pages/practice.js", file45, sizeof file45},
    {"pages/register.js", file46, sizeof file46},
    {"pages/reset.js", file47, sizeof file47},
    {"pages/result.js", file48, sizeof file48},
    {"pages/results.js", file49, sizeof file49},
    {"pages/schedule.js", file50, sizeof file50},
    {"pages/staff-access.js", file51, sizeof file51},
    {"pages/staff-attempt.js", file52, sizeof file52},
    {"pages/staff-bank.js", file53, sizeof file53},
    {"pages/staff-banks.js", file54, sizeof file54},
    {"pages/staff-case.js", file55, sizeof file55},
    {"pages/staff-consents.js", file56, sizeof file56},
    {"pages/staff-contracts.js", file57, sizeof file57},
    {"pages/staff-duplicates.js", file58, sizeof file58},
    {"pages/staff-exam-new.js", file59, sizeof file59},
    {"pages/staff-exam.js", file60, sizeof file60},
    {"pages/staff-exams.js", file61, sizeof file61},
    {"pages/staff-flag-rules.js", file62, sizeof file62},
    {"pages/staff-grading.js", file63, sizeof file63},
    {"pages/staff-groups.js", file64, sizeof file64},
    {"pages/staff-health.js", file65, sizeof file65},
    {"pages/staff-orders.js", file66, sizeof file66},
    {"pages/staff-people.js", file67, sizeof file67},
    {"pages/staff-person.js", file68, sizeof file68},
    {"pages/staff-policies.js", file69, sizeof file69},
    {"pages/staff-queue.js", file70, sizeof file70},
    {"pages/staff-record.js", file71, sizeof file71},
    {"pages/staff-register.js", file72, sizeof file72},
    {"pages/staff-registers.js", file73, sizeof file73},
    {"pages/staff-reports.js", file74, sizeof file74},
    {"pages/staff-retention.js", file75, sizeof file75},
    {"pages/staff-review.js", file76, sizeof file76},
    {"pages/staff-sheet.js", file77, sizeof file77},
    {"pages/staff-sheets.js", file78, sizeof file78},
    {"pages/staff-survey.js", file79, sizeof file79},
    {"pages/staff-surveys.js", file80, sizeof file80},
    {"pages/staff-wall.js", file81, sizeof file81},
    {"pages/staff-webhooks.js", file82, sizeof file82},
    {"pages/staff-work.js", file83, sizeof file83},
    {"pages/waiting.js", file84, sizeof file84},
    {"service-worker.js", file85, sizeof file85},
    {"style.css", file86, sizeof file86},
};
const size_t cpages_file_count = 87;

const struct cpages_file *cpages_file_at(size_t place) { return &files[place]; }
