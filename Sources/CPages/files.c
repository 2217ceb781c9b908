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
#embed "../Pages/Site/lib/dom.js"
};
static const unsigned char file8[] = {
#embed "../Pages/Site/lib/events.js"
};
static const unsigned char file9[] = {
#embed "../Pages/Site/lib/i18n.js"
};
static const unsigned char file10[] = {
#embed "../Pages/Site/lib/identify.js"
};
static const unsigned char file11[] = {
#embed "../Pages/Site/lib/people.js"
};
static const unsigned char file12[] = {
#embed "../Pages/Site/lib/question.js"
};
static const unsigned char file13[] = {
#embed "../Pages/Site/lib/queue.js"
};
static const unsigned char file14[] = {
#embed "../Pages/Site/lib/rich.js"
};
static const unsigned char file15[] = {
#embed "../Pages/Site/lib/shell.js"
};
static const unsigned char file16[] = {
#embed "../Pages/Site/lib/time.js"
};
static const unsigned char file17[] = {
#embed "../Pages/Site/lib/ui.js"
};
static const unsigned char file18[] = {
#embed "../Pages/Site/lib/words.js"
};
static const unsigned char file19[] = {
#embed "../Pages/Site/pages/account.js"
};
static const unsigned char file20[] = {
#embed "../Pages/Site/pages/attempt.js"
};
static const unsigned char file21[] = {
#embed "../Pages/Site/pages/card.js"
};
static const unsigned char file22[] = {
#embed "../Pages/Site/pages/case.js"
};
static const unsigned char file23[] = {
#embed "../Pages/Site/pages/cases.js"
};
static const unsigned char file24[] = {
#embed "../Pages/Site/pages/check.js"
};
static const unsigned char file25[] = {
#embed "../Pages/Site/pages/consents.js"
};
static const unsigned char file26[] = {
#embed "../Pages/Site/pages/home.js"
};
static const unsigned char file27[] = {
#embed "../Pages/Site/pages/identity.js"
};
static const unsigned char file28[] = {
#embed "../Pages/Site/pages/login.js"
};
static const unsigned char file29[] = {
#embed "../Pages/Site/pages/messages.js"
};
static const unsigned char file30[] = {
#embed "../Pages/Site/pages/portrait.js"
};
static const unsigned char file31[] = {
#embed "../Pages/Site/pages/practice.js"
};
static const unsigned char file32[] = {
#embed "../Pages/Site/pages/register.js"
};
static const unsigned char file33[] = {
#embed "../Pages/Site/pages/reset.js"
};
static const unsigned char file34[] = {
#embed "../Pages/Site/pages/result.js"
};
static const unsigned char file35[] = {
#embed "../Pages/Site/pages/results.js"
};
static const unsigned char file36[] = {
#embed "../Pages/Site/pages/schedule.js"
};
static const unsigned char file37[] = {
#embed "../Pages/Site/pages/staff-exam-new.js"
};
static const unsigned char file38[] = {
#embed "../Pages/Site/pages/staff-exam.js"
};
static const unsigned char file39[] = {
#embed "../Pages/Site/pages/staff-exams.js"
};
static const unsigned char file40[] = {
#embed "../Pages/Site/pages/staff-wall.js"
};
static const unsigned char file41[] = {
#embed "../Pages/Site/pages/waiting.js"
};
static const unsigned char file42[] = {
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
    {"lib/dom.js", file7, sizeof file7},
    {"lib/events.js", file8, sizeof file8},
    {"lib/i18n.js", file9, sizeof file9},
    {"lib/identify.js", file10, sizeof file10},
    {"lib/people.js", file11, sizeof file11},
    {"lib/question.js", file12, sizeof file12},
    {"lib/queue.js", file13, sizeof file13},
    {"lib/rich.js", file14, sizeof file14},
    {"lib/shell.js", file15, sizeof file15},
    {"lib/time.js", file16, sizeof file16},
    {"lib/ui.js", file17, sizeof file17},
    {"lib/words.js", file18, sizeof file18},
    {"pages/account.js", file19, sizeof file19},
    {"pages/attempt.js", file20, sizeof file20},
    {"pages/card.js", file21, sizeof file21},
    {"pages/case.js", file22, sizeof file22},
    {"pages/cases.js", file23, sizeof file23},
    {"pages/check.js", file24, sizeof file24},
    {"pages/consents.js", file25, sizeof file25},
    {"pages/home.js", file26, sizeof file26},
    {"pages/identity.js", file27, sizeof file27},
    {"pages/login.js", file28, sizeof file28},
    {"pages/messages.js", file29, sizeof file29},
    {"pages/portrait.js", file30, sizeof file30},
    {"pages/practice.js", file31, sizeof file31},
    {"pages/register.js", file32, sizeof file32},
    {"pages/reset.js", file33, sizeof file33},
    {"pages/result.js", file34, sizeof file34},
    {"pages/results.js", file35, sizeof file35},
    {"pages/schedule.js", file36, sizeof file36},
    {"pages/staff-exam-new.js", file37, sizeof file37},
    {"pages/staff-exam.js", file38, sizeof file38},
    {"pages/staff-exams.js", file39, sizeof file39},
    {"pages/staff-wall.js", file40, sizeof file40},
    {"pages/waiting.js", file41, sizeof file41},
    {"style.css", file42, sizeof file42},
};
const size_t cpages_file_count = 43;

const struct cpages_file *cpages_file_at(size_t place) { return &files[place]; }
