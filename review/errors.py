"""Every error a user can meet: a stable code, the details, and a text with the remedy.

One class per cause. `raise` sites give details as keyword arguments only; the sentence that a
person reads lives in `TEXTS` in both languages and always says what to do next. Findings about a
case file are results, not errors.
"""

from __future__ import annotations

from typing import Any, ClassVar


class ReviewError(Exception):
    """Base of all errors that are shown to a user.

    `details` fill the template; `text(language)` gives the sentence with its remedy.
    """

    code: ClassVar[str] = "GEN-001"
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""

    def __init__(self, **details: object) -> None:
        """Keep the details by name; they fill the placeholders of the templates."""
        super().__init__(self.code, details)
        self.details = details

    def text(self, language: str = "zh") -> str:
        """The message with its remedy, in `zh` or `en`."""
        english = language.startswith("en")
        template = self.en if english else self.zh
        details = dict(self.details)
        if english:  # a detail `x` may have its English form in `x_en`
            details |= {key[:-3]: value for key, value in details.items() if key.endswith("_en")}
        try:
            return template.format(**details)
        except (KeyError, IndexError):
            return template

    def __str__(self) -> str:
        """Code and English text, for logs."""
        return f"{self.code} {self.text('en')}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Its class and details: the job engine keeps the error of a step until the job ends."""
        return _made_again, (type(self), self.details)


def _made_again(cls: type[ReviewError], details: dict[str, object]) -> ReviewError:
    """The error that was kept."""
    return cls(**details)


def catalogue() -> list[type[ReviewError]]:
    """All error classes with a code, sorted by code; the documentation is made from it."""
    found: list[type[ReviewError]] = []
    todo = list(ReviewError.__subclasses__())
    while todo:
        cls = todo.pop()
        todo.extend(cls.__subclasses__())
        found.append(cls)
    return sorted(found, key=lambda cls: cls.code)


class Unexpected(ReviewError):
    """An error that was not foreseen; the cause stands in the log under the reference number."""

    code = "GEN-002"
    zh = "操作没有完成，已有数据未受影响。请重试；仍不成功时，请把编号 {reference} 告诉管理员。"
    en = "That did not work; earlier data is intact. Try again, or give reference {reference}."


# --- access -------------------------------------------------------------------------------------


class NotSignedIn(ReviewError):
    """No valid session."""

    code = "ACC-001"
    zh = "登录已过期或尚未登录。请重新登录后再操作，未保存的内容仍保留在本机。"
    en = "You are not signed in, or the session has ended. Sign in again; unsaved work is kept."


class NotAllowed(ReviewError):
    """The actor's role or relation to the case does not permit the action."""

    code = "ACC-002"
    zh = "您没有“{action}”的权限。如确有需要，请联系安监法规科或系统管理员。"
    en = "You may not do this: {action}. If you need to, ask the regulations section."


class SampleAccountOffLoopback(ReviewError):
    """A sample account is used from another machine."""

    code = "ACC-003"
    zh = "样例账号只能在服务器本机使用。请由管理员新建正式账号。"
    en = "Sample accounts work on the server itself only. Ask the administrator for an account."


class WrongCredentials(ReviewError):
    """Unknown account or wrong password; deliberately the same answer for both."""

    code = "ACC-004"
    zh = "账号或密码不正确。请核对后重试；连续失败会被暂时锁定。"
    en = "Account or password is wrong. Check and try again; repeated failures lock the account."


class AccountLocked(ReviewError):
    """Too many failures."""

    code = "ACC-005"
    zh = "登录失败次数过多，请在 {minutes} 分钟后重试，或联系管理员解锁。"
    en = "Too many failed sign-ins. Try again in {minutes} minutes or ask the administrator."


class WeakPassword(ReviewError):
    """The new password does not meet the rule."""

    code = "ACC-006"
    zh = "新密码至少 {length} 位，且不能与账号或原密码相同。请换一个密码。"
    en = "The new password needs {length} characters or more and must be new. Choose another."


class Recused(ReviewError):
    """A reviewer is refused a case by the recusal rule."""

    code = "ACC-007"
    zh = "{person} 应当回避案卷 {case_no}：{reason}。请改派其他评查人员。"
    en = "{person} is recused from case {case_no}: {reason}. Assign somebody else."


class ForeignRequest(ReviewError):
    """A request that does not come from the workbench's own pages, or to a foreign host name."""

    code = "ACC-008"
    zh = "请求被拒绝：{reason}。请从本工作台的页面内操作；更换了访问地址的，请管理员登记该主机名。"
    en = (
        "Refused: {reason}. Work from the pages of the workbench; if its address changed, "
        "the administrator has to register the host name."
    )


class PasswordMustChange(ReviewError):
    """The first password has to be changed before anything else."""

    code = "ACC-009"
    zh = "首次登录须先修改初始密码。请在“修改密码”页面完成修改后继续。"
    en = "The first password must be changed before anything else. Change it, then go on."


# --- database and files -------------------------------------------------------------------------


class Stale(ReviewError):
    """The row was changed by somebody else since it was read."""

    code = "DB-001"
    zh = "“{what}”已被他人修改（当前版本 {current}，您看到的是 {seen}）。请刷新后核对再保存。"
    en = "{what} was changed by somebody else (now {current}, you saw {seen}). Reload and compare."


class NotFound(ReviewError):
    """A row that is referred to does not exist (or may not be seen)."""

    code = "DB-002"
    zh = "找不到{what}：{key}。可能已被移除，或链接有误。请从列表中重新打开。"
    en = "{what} not found: {key}. It may be gone or the link is wrong. Open it from the list."


class DatabaseBusy(ReviewError):
    """The database stayed locked past its waiting time."""

    code = "DB-003"
    zh = "数据库正忙，本次操作没有保存，其他数据不受影响。请稍候重试。"
    en = "The database is busy; nothing was saved and nothing else changed. Try again shortly."


class DatabaseFull(ReviewError):
    """No space is left for the database or the store."""

    code = "DB-004"
    zh = "磁盘空间不足，本次操作没有保存，已有数据完好。请管理员清理空间后重试。"
    en = "The disk is full; nothing was saved, earlier data is intact. Free space and try again."


class DatabaseNewer(ReviewError):
    """The database was made by a newer version of the product."""

    code = "DB-005"
    zh = "数据库由更新的版本建立（{found}）。请升级本程序，或恢复与本版本相符的备份。"
    en = (
        "The database was made by a newer version ({found}). Upgrade, or restore a matching backup."
    )


class DuplicateRow(ReviewError):
    """A row with the same key exists already."""

    code = "DB-006"
    zh = "{what}“{key}”已经存在。请使用其他名称，或打开已有记录修改。"
    en = "{what} {key} exists already. Use another name or edit the existing one."


class DatabaseUnavailable(ReviewError):
    """The database cannot be opened or reached, or its file is damaged."""

    code = "DB-007"
    zh = (
        "无法打开数据库（{reason}）。请管理员检查数据库服务、地址和文件权限；"
        "如文件已损坏，请恢复备份。"
    )
    en = (
        "The database cannot be opened ({reason}). Check its service, address and permissions; "
        "restore a backup if the file is damaged."
    )


class BackupDamaged(ReviewError):
    """A part of a backup is missing or does not have its hash."""

    code = "DB-008"
    zh = "备份不完整或已损坏（{part}），没有恢复任何数据，现有数据未变。请换用另一份备份。"
    en = "The backup is damaged ({part}); nothing was restored or changed. Use another backup."


class HomeNotEmpty(ReviewError):
    """A backup or a restore would overwrite something."""

    code = "DB-009"
    zh = "“{folder}”中已有数据，未作任何更改。请换用空文件夹；恢复时如确需替换，请加 --replace。"
    en = "{folder} holds data; nothing was changed. Use an empty folder, or --replace to restore."


# --- reading files ------------------------------------------------------------------------------


class UnreadableFile(ReviewError):
    """Base of all reasons for which a source file is refused."""

    code = "DOC-001"
    zh = "文件“{file}”无法读取：{reason}。请重新扫描或导出后再导入。"
    en = "{file} cannot be read: {reason}. Scan or export it again and import it anew."


class EmptyFile(UnreadableFile):
    """Zero bytes."""

    code = "DOC-002"
    zh = "文件“{file}”是空文件（0 字节）。请检查原文件后重新上传。"
    en = "{file} is empty (0 bytes). Check the original and upload it again."


class UnknownFormat(UnreadableFile):
    """The content is of no kind that can be read, whatever the name says."""

    code = "DOC-003"
    zh = "文件“{file}”的内容是{found}，不是可读取的格式。请另存为 PDF、DOCX、JPG 或 PNG 后再导入。"
    en = "{file} contains {found}, which cannot be read. Save it as PDF, DOCX, JPG or PNG."


class WrongExtension(UnreadableFile):
    """The name promises another format than the content has."""

    code = "DOC-004"
    zh = "文件“{file}”的扩展名与内容不符：内容是{found}。请改正扩展名或重新导出后再导入。"
    en = "{file}: the name does not match the content ({found}). Rename or export it again."


class EncryptedFile(UnreadableFile):
    """A password is needed."""

    code = "DOC-005"
    zh = "文件“{file}”设有打开密码。请先去除密码再导入。"
    en = "{file} is protected by a password. Remove the password and import it again."


class DamagedFile(UnreadableFile):
    """Truncated or otherwise broken beyond repair."""

    code = "DOC-006"
    zh = "文件“{file}”已损坏或不完整（{reason}）。请重新获取原文件后再导入。"
    en = "{file} is damaged or incomplete ({reason}). Get the original again and import it."


class TooManyPages(UnreadableFile):
    """More pages than the limit."""

    code = "DOC-007"
    zh = "文件“{file}”有 {pages} 页，超过上限 {limit} 页。请拆分成多个文件后再导入。"
    en = "{file} has {pages} pages, more than {limit}. Split it and import the parts."


class TooLarge(UnreadableFile):
    """More bytes or pixels than the limit."""

    code = "DOC-008"
    zh = "文件“{file}”过大（{found}，上限 {limit}）。请压缩、拆分或降低分辨率后再导入。"
    en = "{file} is too large ({found}, limit {limit}). Compress, split or scan it smaller."


class UnsafeArchive(UnreadableFile):
    """An archive that may not be opened."""

    code = "DOC-009"
    zh = "压缩包“{file}”不能安全打开：{reason}。请重新打包后再导入，包内不要有上级路径或嵌套过深。"
    en = "The archive {file} is not safe to open: {reason}. Pack it again without such entries."


class ReadingTimedOut(UnreadableFile):
    """The child process used up its time or memory."""

    code = "DOC-010"
    zh = "读取文件“{file}”超出时间或内存限制（{limit}）。请拆分文件或重新导出后再导入。"
    en = "Reading {file} went past the limit ({limit}). Split the file or export it again."


class ConvertFirst(UnreadableFile):
    """A known format that has to be converted by the user."""

    code = "DOC-011"
    zh = "文件“{file}”是 {found} 格式，暂不支持。请{remedy}后再导入。"
    en = "{file} is a {found} file, which is not supported. Please convert it ({remedy_en})."


class EmptyArchive(UnreadableFile):
    """An archive or folder without a file in it."""

    code = "DOC-012"
    zh = "“{file}”里没有可导入的文件。请确认内容后重新打包或选择其他文件夹。"
    en = "There is no file in {file}. Check it, pack it again or choose another folder."


class MissingFile(UnreadableFile):
    """Nothing is there under the path that was given."""

    code = "DOC-013"
    zh = "找不到文件或文件夹“{file}”。请检查路径是否正确、是否有读取权限。"
    en = "There is no file or folder {file}. Check the path and whether it may be read."


class PagesNotRead(UnreadableFile):
    """Some pages of a file could not be read; the others were."""

    code = "DOC-014"
    zh = (
        "文件“{file}”第 {pages} 页未能读取，其余各页已读取。"
        "请重新扫描这些页，或由评查人员人工核对。"
    )
    en = (
        "Pages {pages} of {file} could not be read; the others were. Scan them again or check them."
    )


class NotReadForFacts(UnreadableFile):
    """A workbook in a case file: kept, but not read for facts."""

    code = "DOC-015"
    zh = "文件“{file}”是表格，已保存但不从中读取事实。如属案卷文书，请导出为 PDF 后再导入。"
    en = "{file} is a workbook: kept, but not read for facts. If it is a paper, export it as PDF."


class NotOpened(UnreadableFile):
    """Something is there, but the system does not let it be read as a file."""

    code = "DOC-016"
    zh = "“{file}”打不开：{reason}。请检查读取权限、磁盘和网络连接，确认是普通文件后重试。"
    en = (
        "{file} cannot be opened: {reason}. Check its permissions, the disk and the network, "
        "and that it is an ordinary file; then try again."
    )


class SameContent(UnreadableFile):
    """A file with the bytes of another one of the case file: listed, but read once."""

    code = "DOC-017"
    zh = "文件“{file}”与“{other}”内容完全相同，只读取一次。如本应是另一份材料，请换成正确的文件。"
    en = (
        "{file} has the same content as {other} and is read once. If it should be another paper, "
        "replace it."
    )


class RecordingUnclear(UnreadableFile):
    """A video or audio file whose header tells no codec or length; it is kept and listed."""

    code = "DOC-018"
    zh = (
        "音视频文件“{file}”已保存，但读不出编码或时长，可能不完整或由记录仪加密。"
        "请用记录仪的配套软件重新导出为 MP4 后再导入。"
    )
    en = (
        "{file} is kept, but tells no codec or length: it may be cut short or enciphered by the "
        "recorder. Export it again as MP4 with the recorder's own program and import it."
    )


class BadDivision(ReviewError):
    """A change of a case file's division into papers that cannot be made."""

    code = "DOC-021"
    zh = "文书划分未能修改：{reason}。请刷新页面后重新选择。"
    en = "The division was not changed: {reason}. Reload the page and choose again."


class CannotCancel(ReviewError):
    """An import that has ended, or is writing what it read, cannot be cancelled."""

    code = "DOC-022"
    zh = "“{file}”已结束或正在写入，不能取消。请刷新列表查看结果。"
    en = "{file} has ended or is being written and cannot be cancelled. Look at the list again."


class NothingToReread(ReviewError):
    """A case of which every file was read by the reader in use, or that is being read."""

    code = "DOC-023"
    zh = "案卷“{case_no}”没有需要重新识读的文件，或正在识读中。请刷新页面查看。"
    en = "No file of {case_no} needs another reading, or it is being read. Reload the page."


class RereadingOutdated(ReviewError):
    """A comparison that the case has moved on from: files came in or were decided on since."""

    code = "DOC-024"
    zh = "案卷在此次重新识读之后又有变动，比较结果已不适用。请重新识读一次。"
    en = "The case has changed since this reading; the comparison no longer holds. Read it again."


class CaseNotKnown(ReviewError):
    """A handed-in file whose case number was not read or is not in the ledger."""

    code = "DOC-020"
    zh = (
        "不能确定“{file}”属于哪个案件（识别到的案号：{case_no}）。"
        "请选择案件后重新导入，或先在案件台账中登记。"
    )
    en = (
        "It is not known to which case {file} belongs (case number read: {case_no}). "
        "Choose the case and import it again, or enter the case in the ledger first."
    )


# --- data files ---------------------------------------------------------------------------------


class BadDataFile(ReviewError):
    """A checklist, law or calendar file with an error; names file, place and reason."""

    code = "DAT-001"
    zh = "数据文件 {file} 的 {place} 有误：{reason}。请改正后重新载入，原有数据未变。"
    en = "Data file {file}, {place}: {reason}. Correct it and load it again; nothing changed."


class PointsDoNotAddUp(BadDataFile):
    """Points of a checklist edition do not give the announced sum."""

    code = "DAT-002"
    zh = "评查标准 {file}：{place} 的分值合计为 {found}，应为 {expected}。请改正分值后重新载入。"
    en = "Checklist {file}: the points of {place} add up to {found}, not {expected}. Correct them."


class BadLedger(ReviewError):
    """A ledger workbook that cannot be taken over; `problems` names sheet, row and column."""

    code = "DAT-003"
    zh = "台账未导入，共 {count} 处问题：{problems}。请按提示改正后重新导入，已有台账未变。"
    en = "The ledger was not imported, {count} problems: {problems}. Correct them and try again."


class BadWorkbook(ReviewError):
    """A checklist or waiver list that cannot be taken over; `problems` names sheet, row, column."""

    code = "DAT-005"
    zh = "“{file}”未导入，共 {count} 处问题：{problems}。请按提示改正后重新导入，已有数据未变。"
    en = "{file} was not imported, {count} problems: {problems}. Correct them and try again."


# --- law ----------------------------------------------------------------------------------------


class LawNotInForce(ReviewError):
    """A dated value is asked for a day before its first version."""

    code = "LAW-001"
    zh = "{on} 当日没有“{parameter}”的现行规定。请在法规数据中补录该日期的版本。"
    en = "No value of {parameter} was in force on {on}. Add the version for that date."


class NoArticles(ReviewError):
    """A text of law in which no article was found."""

    code = "LAW-003"
    zh = "“{file}”中没有找到条文（“第一条”起）。请提供含正文的 docx、txt 或 md，每款一段。"
    en = "No article was found in {file}. Hand in the text itself, one paragraph a line."


class CalendarEnds(ReviewError):
    """A working-day computation leaves the years that are known."""

    code = "LAW-002"
    zh = "无法计算：{year} 年的节假日安排尚未录入。请管理员在“工作日历”中按国务院通知录入后重试。"
    en = "Cannot be computed: holidays of {year} are not entered. Enter them under Calendar."


# --- scoring and rounds -------------------------------------------------------------------------


class SheetSubmitted(ReviewError):
    """A score on a sheet that has been submitted."""

    code = "SCO-001"
    zh = "评分表已提交，不能再修改。如需更正，请安监法规科退回后再评。"
    en = "The score sheet has been submitted. Ask the regulations section to reopen it."


class BadScore(ReviewError):
    """A score that the edition's item does not allow."""

    code = "SCO-002"
    zh = "评查项 {item} 不接受这个评分：{reason}。请按该项的扣分规则填写。"
    en = "Item {item} does not accept this score: {reason}. Follow the item's own rule."


class SheetIncomplete(ReviewError):
    """A sheet is submitted with items that were not decided."""

    code = "SCO-003"
    zh = "还有 {count} 项未评：{items}。请评完后再提交。"
    en = "{count} items are not scored yet: {items}. Score them, then submit."


class TimeCodeMissing(ReviewError):
    """A deduction on a recording that names no place in it."""

    code = "SCO-005"
    zh = "{items} 的扣分没有写明时间码。请在评查意见中写明录像时间，如 0:12:30，再提交。"
    en = "No time code for the deduction of {items}. Add the place, like 0:12:30, to the comment."


class VetoNeedsSecondPerson(ReviewError):
    """A veto is confirmed by the person who proposed it."""

    code = "SCO-004"
    zh = "否决项 {item} 须由另一名评查人员确认。请由他人复核。"
    en = "The veto of item {item} must be confirmed by another person."


class DrawNotPossible(ReviewError):
    """A draw cannot be made as asked."""

    code = "RND-001"
    zh = "无法抽取：{reason}。请调整抽取范围、数量或条件后重试。"
    en = "The draw is not possible: {reason}. Change scope, number or conditions."


class WrongState(ReviewError):
    """An action that the state of the thing does not allow."""

    code = "RND-002"
    zh = "{what}当前为“{state}”，不能{action}。请先完成前一步骤。"
    en = "{what} is in state {state}; cannot {action}. Finish the earlier step first."


class ReasonMissing(ReviewError):
    """A decision that must be reasoned was given without a reason."""

    code = "RND-003"
    zh = "请填写{what}的理由后再保存。"
    en = "Give a reason for this before saving: {what}."


class BadValue(ReviewError):
    """A typed value that is not valid."""

    code = "RND-004"
    zh = "“{field}”的值“{value}”无效：{reason}。请改正后再保存。"
    en = "{field}: the value {value} is not valid: {reason}. Correct it and save again."


class NeedsSecondPerson(ReviewError):
    """Something that two people must do is done by one."""

    code = "RND-005"
    zh = "{what}须由另一人决定，提出人不能自己批准。请由他人办理。"
    en = "{what} must be decided by somebody else than who asked for it. Let another person do it."


class VetoNeedsPanel(ReviewError):
    """A veto is settled without two people and the panel behind it."""

    code = "PAN-001"
    zh = (
        "否决项 {item} 认定为不符合，须有至少两人投票认为不符合，且为合议人员的多数。"
        "现为 {votes} 票，共 {members} 票。请先完成合议投票。"
    )
    en = (
        "The veto of item {item} needs the votes of two people and a majority of the panel; there "
        "are {votes} of {members}. Let the panel vote first."
    )


class BlindPhase(ReviewError):
    """Somebody asks for what the phase of the round does not show yet."""

    code = "PAN-002"
    zh = "本轮评查尚在{phase}阶段，暂不能查看他人评分和比对结果。请在评分全部提交并进入合议后查看。"
    en = (
        "The round is in the phase {phase}: others' scores and the comparison are not shown yet. "
        "Come back when all sheets are in and the deliberation has begun."
    )


class ObjectionMakesWorse(ReviewError):
    """An objection is decided so that the unit would be worse off than before it objected."""

    code = "RES-001"
    zh = (
        "异议复核只能使该项结果变好或者保持不变。如发现新的否决情形，请作为新问题提出，"
        "由他人确认并经合议。"
    )
    en = (
        "Deciding an objection may only improve the item or leave it. A veto newly found is added "
        "as a finding that somebody else and the panel confirm."
    )


class NotReadyToPublish(ReviewError):
    """Results are to be sent or published while something is missing; `problems` lists it."""

    code = "RES-002"
    zh = "还不能发布，共 {count} 处问题：{problems}。请逐项处理后再试。"
    en = "This cannot be published yet, {count} problems: {problems}. Settle them and try again."


class ObjectionTooLate(ReviewError):
    """An objection after the time set for it."""

    code = "RES-003"
    zh = "提出异议的期限已于 {until} 届满。如有新情况，请书面向安监法规科反映。"
    en = "The time to object ended on {until}. Write to the regulations section if there is more."


class BadTemplate(ReviewError):
    """A document template that cannot be used: no Word file, an unknown field, a forbidden step."""

    code = "RES-004"
    zh = "模板“{file}”不能使用：{reason}。请改正后重新上传，现有模板未变。"
    en = "The template {file} cannot be used: {reason}. Correct it and upload it again."


class ProofMissing(ReviewError):
    """A rectification item is submitted without any proof."""

    code = "REC-001"
    zh = "请上传佐证材料（照片、扫描件或文书）后再提交复查。"
    en = "Add a proof (photo, scan or document), then submit the item for its check."


class WorkbookNotTaken(ReviewError):
    """A filled-in workbook is not taken over; `problems` names row and column."""

    code = "REC-002"
    zh = "表格未导入，{count} 处问题：{problems}。清单未作任何修改，请改正后重新上传。"
    en = "The workbook was not taken, {count} problems: {problems}. Nothing changed; correct it."


class NoCheckToRepeat(ReviewError):
    """An item is to be re-checked by machine, but a person found the problem."""

    code = "REC-003"
    zh = "该问题由评查人员发现，没有可以重新运行的机检。请人工复查并填写复查结果。"
    en = "A person found this problem; there is no check to repeat. Verify it and say what you saw."


class MissingProgram(ReviewError):
    """A measurement needs a program of the system that is not installed."""

    code = "SYS-001"
    zh = "找不到程序 {program}。请安装后重试（Debian：libreoffice-writer、poppler-utils）。"
    en = "The program {program} is missing. Install it (Debian: libreoffice-writer, poppler-utils)."


class AuditBroken(ReviewError):
    """The audit chain does not verify."""

    code = "AUD-001"
    zh = "审计链在第 {sequence} 条断裂：{reason}。请立即停止写入并联系管理员，以备份核对。"
    en = (
        "The audit chain breaks at record {sequence}: {reason}. "
        "Stop writing; compare with a backup."
    )
