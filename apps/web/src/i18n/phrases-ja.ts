// What the server and its packages say, in Japanese, by the English that stands in their sources; a test finds what is
// missing and what nobody says any more. In one piece, as `ja.ts` is. What is expected is a noun phrase: 「…が必要です」.

export const phrasesInJapanese: Readonly<Record<string, string>> = {
  // How every fault is told
  'expected {0}, found {1}.': '{0}が必要です（実際：{1}）。',
  'expected {0}, found {1}. {2}': '{0}が必要です（実際：{1}）。{2}',
  '{0}: expected {1}, found {2}.': '{0}：{1}が必要です（実際：{2}）。',
  '{0}: expected {1}, found {2}. {3}': '{0}：{1}が必要です（実際：{2}）。{3}',

  // Words of many places
  none: 'なし',
  nothing: 'なし',
  more: 'それを超えるもの',
  others: '別のもの',
  two: '2 つ',
  several: '複数',
  neither: 'どちらもなし',
  'another one': '別のもの',
  'one more': 'もう 1 つ',
  'a second one': '2 つ目',
  'something else': '別のもの',
  'something else ({0})': '別のもの（{0}）',
  'none ({0})': 'なし（{0}）',
  'none for {0}': '{0} に対してなし',
  'one of {0}': '次のいずれか：{0}',
  'only {0}': '{0} のみ',
  'a known {0}': '既知の {0}',
  '{0}, or {1}': '{0}、または{1}',
  '{0} of {1}': '{1} が {0} 個',
  '{0} to {1}': '{0} から {1}',
  '{0} twice': '{0} が 2 回',
  '{0} again': '再び {0}',
  '{0} files': '{0} ファイル',
  '{0} bytes': '{0} バイト',
  '{0} characters': '{0} 文字',
  '{0} columns': '{0} 列',
  '{0} cells': '{0} 個のセル',
  '{0} values': '{0} 個の値',
  '{0} numbers': '{0} 個の数値',
  '{0} tables': '{0} 個のテーブル',
  '{0} rows of {1}': '{1} の {0} 行',
  'at most {0} bytes': '{0} バイト以下であること',
  'at most {0} files': '{0} ファイル以下であること',
  'at most {0} pixels': '{0} ピクセル以下であること',
  'at most {0} levels': '{0} 階層以下であること',
  'at most {0} elements': '要素が {0} 個以下であること',
  'at most {0} characters': '{0} 文字以下であること',

  // Calls
  'a session or a bearer token': 'ログイン済みのセッションまたはトークン',
  'neither, or one that is not valid any more': 'なし、または無効になったもの',
  'Open the address with the token that the workbench printed when it started.':
    '起動時に表示されたトークン付きのアドレスを開いてください。',
  'the permission “{0}”': '権限「{0}」',
  'a call from the workbench’s own pages': 'ワークベンチ自身のページからの呼び出し',
  'one from {0}': '{0} からの呼び出し',
  'Name further hosts with --allow-host.': '他のホスト名は --allow-host で指定してください。',
  'the login token of this workbench': 'このワークベンチのログイントークン',
  'It stands in the address that the workbench printed when it started.':
    '起動時に表示されたアドレスに含まれています。',
  'an address of the API': 'API のアドレス',
  'The API page at /api/docs lists them.': '一覧は /api/docs にあります。',
  'The API page at /api/docs says what each call takes.':
    '各呼び出しの引数は /api/docs に書かれています。',
  'one of the parameters {0}': '次のパラメーターのいずれか: {0}',
  'one of the fields {0}': '次のフィールドのいずれか: {0}',
  'no parameters': 'パラメーターなし',
  'no fields': 'フィールドなし',
  'a smaller body': '上限以下の本文',
  'one past the limit': '上限を超えるもの',
  'a request that can be read': '読み取れる要求',
  'the database to answer': 'データベースの応答',
  'that it does not at the moment': '現在は応答なし',
  'Nothing is lost; try again.': '何も失われていません。もう一度試してください。',
  'an answer': '応答',
  'an answer from {0}': '{0} からの応答',
  'an answer from the server': 'サーバーからの応答',
  'an answer of the workbench': 'ワークベンチの応答',
  'Is the workbench running?': 'ワークベンチは動いていますか？',
  'a mistake of ours': 'Migaki の不具合',
  'The server’s log tells more under {0}.': '詳しくはサーバーのログの {0} を見てください。',
  'a JSON document': 'JSON 文書',
  'JSON of at most {0} levels': '{0} 階層以下の JSON',
  'a value of type {0}': '型が {0} の値',
  'a value of the format {0}': '{0} 形式の値',
  '{0} or more characters': '{0} 文字以上',
  'text without the character U+0000': '文字 U+0000 を含まないテキスト',
  '{0} or less characters': '{0} 文字以下',
  '{0} or more items': '{0} 件以上',
  '{0} or less items': '{0} 件以下',
  'a number of {0} or more': '{0} 以上の数値',
  'a number of {0} or less': '{0} 以下の数値',

  // Datasets, versions, categories
  'the id of a dataset': 'データセットの ID',
  'It may have been deleted.': '削除された可能性があります。',
  'a dataset that is there': '存在するデータセット',
  '{0}, which was deleted': '削除された {0}',
  'It can be restored from the trash.': 'ゴミ箱から元に戻せます。',
  'another dataset': '別のデータセット',
  'the same one': '同じデータセット',
  'a dataset {0}': 'データセット {0}',
  'a name that is free': 'まだ使われていない名前',
  'Choose another name, or rename or delete that dataset.':
    '別の名前にするか、そのデータセットの名前を変更または削除してください。',
  'the name {0} to be free still': '名前 {0} がまだ空いていること',
  'another dataset that has it now': '現在その名前を持つ別のデータセット',
  'Rename that one, or import again under another name.':
    'そちらの名前を変更するか、別の名前でインポートし直してください。',
  'an empty name': '空の名前',
  'a name of 1 to 100 characters': '1～100 文字の名前',
  'a name of 1 to {0} characters without control characters':
    '制御文字を含まない 1～{0} 文字の名前',
  'up to 100 letters, digits, spaces and . _ + -, a letter or digit first':
    '文字または数字で始まる 100 文字以下の名前（使えるのは文字、数字、空白、. _ + -）',
  'a name that no version has': 'どのバージョンにも使われていない名前',
  'Versions cannot be changed. Choose another name.':
    'バージョンは変更できません。別の名前にしてください。',
  'the name of a version': 'バージョンの名前',
  'The list of versions shows the names.': '名前はバージョンの一覧にあります。',
  'a revision from 0 to {0}': '0 から {0} までのリビジョン',
  'revision {0}': 'リビジョン {0}',
  'the name of a saved view': '保存したビューの名前',
  'the id of a category of the dataset': 'データセットにあるカテゴリの ID',
  'Add the category first.': '先にカテゴリを追加してください。',
  'a category with a name': '名前のあるカテゴリ',
  'a category without objects': 'オブジェクトのないカテゴリ',
  'Say which category they become, or that they are removed.':
    '変更後のカテゴリを選ぶか、オブジェクトの削除を選んでください。',
  'a name that no category has': 'どのカテゴリにも使われていない名前',
  'names that no other category has': '他のカテゴリと重ならない名前',
  'Rename the category that has it now.': 'その名前のカテゴリの名前を変更してください。',
  'Choose another name, or merge the two categories.':
    '別の名前にするか、二つのカテゴリを統合してください。',
  'for each of {0} keypoints null or one of the {1} before, counted from 0, each once':
    '{0} 個のキーポイントごとに、null または以前の {1} 個のいずれか（0 から数え、重複なし）',
  'as many keypoints as the objects of the category have':
    'このカテゴリのオブジェクトと同じ数のキーポイント',
  '{0}, and {1} objects with another number': '{0} 個、数の異なるオブジェクト {1} 個',
  'Say by keypointSources which keypoint each one was before.':
    '各キーポイントが以前のどれに当たるかを keypointSources で指定してください。',
  'the id of a token': 'トークンの ID',

  // Edits
  'the id of an image of the dataset': 'データセットにある画像の ID',
  'an image of the dataset': 'データセットにある画像',
  'the ids of images of the dataset': 'データセットにある画像の ID',
  'an image that is there': '存在する画像',
  'image {0}, which is in the trash': 'ゴミ箱にある画像 {0}',
  'Take it out of the trash first.': '先にゴミ箱から戻してください。',
  '{0}, {1}, which was deleted': '削除された {0}（{1}）',
  'Choose another one, or add it again.': '別のものを選ぶか、追加し直してください。',
  'a tile of the picture': '画像のタイル',
  'level {0}, column {1}, row {2}': 'レベル {0}、列 {1}、行 {2}',
  'the id of an annotation that is there': '存在するアノテーションの ID',
  'the id of an annotation that is or was there': '存在する、または存在したアノテーションの ID',
  'the id of an annotation that was removed': '削除されたアノテーションの ID',
  '{0}, which never was': '{0}（存在したことがないもの）',
  '{0}, which is there': '{0}（今も存在するもの）',
  'the ids of removed annotations': '削除されたアノテーションの ID',
  'a query or the ids of images': 'クエリまたは画像の ID',
  'the ids of annotations': 'アノテーションの ID',
  'Someone may have removed it.': '他の人が削除した可能性があります。',
  'annotation {0} as revision {1} made it': 'リビジョン {1} の時点のままのアノテーション {0}',
  'a change by {0} in revision {1}': 'リビジョン {1} での {0} による変更',
  'Load the image again.': '画像を読み込み直してください。',
  'the origin human, import, or model and its name@version':
    '作成元（human、import、または model と 名前@バージョン）',
  'file names that no image of the dataset has': 'データセットの画像に使われていないファイル名',
  'Delete or rename the image that has it now.':
    '現在その名前の画像を削除するか、名前を変更してください。',
  'nothing that later revisions built on': '後のリビジョンが基にしていない変更',
  'changes of them by {0} in revision {1}': 'リビジョン {1} での {0} による変更',
  'annotation {0} without its image or category': '画像またはカテゴリのないアノテーション {0}',
  'Undo the later changes first, or restore a version.':
    '先に後の変更を元に戻すか、バージョンを復元してください。',
  'changes of images, annotations, categories or comments':
    '画像、アノテーション、カテゴリ、コメントのいずれかの変更',
  'What it changed besides, such as the info of a file, has no history.':
    'ファイルの info など、それ以外の変更には履歴がありません。',
  'a change of this dataset alone': 'このデータセットだけの変更',
  'one that took back a move from {0}': '{0} からの移動を取り消した変更',
  'Among all changes of {0} the move can be taken back or made again.':
    '移動の取り消しとやり直しは、{0} の変更履歴でできます。',

  // Review
  'an object that somebody has decided on': '採否の決まったオブジェクト',
  'a proposal': '提案',
  'Accept or reject it: that says that you have looked at it, too.':
    '承認または却下してください。確認したことにもなります。',
  'a comment of your own': '自分のコメント',
  'Reply to it, or resolve the thread.': '返信するか、スレッドを解決済みにしてください。',
  'a thread of your own comments alone': '自分のコメントだけのスレッド',
  'a reply of {0}': '{0} の返信',
  'Resolve the thread instead.': '代わりにスレッドを解決済みにしてください。',
  '1 to {0} characters': '1～{0} 文字',
  'the id of a new comment': '新しいコメントの ID',
  'the id of a comment that is there': '存在するコメントの ID',
  'Its author may have deleted it.': '書いた人が削除した可能性があります。',
  'the id of an annotation of image {0}': '画像 {0} のアノテーションの ID',

  // Queries
  'Character {0}': '{0} 文字目',
  'the end of the query': 'クエリの終わり',
  'one of the filters {0}': '次のいずれかのフィルタ：{0}',
  'To look for a file name with such characters, put it in quotation marks.':
    'この文字を含むファイル名を探すには、引用符で囲んでください。',
  'a filter or the end': 'フィルタ、またはクエリの終わり',
  'a filter before "or"': '「or」の前のフィルタ',
  'a filter after "{0}"': '「{0}」の後のフィルタ',
  'only filters of objects inside object(…)': 'object(…) の中にはオブジェクトのフィルタのみ',
  '{0}, which is of images': '画像のフィルタである {0}',
  'a comparison after {0}': '{0} の後の比較',
  'a comparison such as > after {0}({1})': '{0}({1}) の後の > などの比較',
  'brackets, which {0} does not take': '括弧（{0} では使えません）',
  '":" after {0}, which has no order': '大小のない {0} の後には「:」',
  'a number after {0}': '{0} の後の数値',
  'a day such as 2024-05-31 after {0}': '{0} の後の日付（2024-05-31 など）',
  'a category, but the dataset has none': 'カテゴリ（データセットにはまだありません）',
  'a category such as {0}': '次のようなカテゴリ：{0}',
  'a filter such as status:review': 'status:review などのフィルタ',
  'a value after {0}': '{0} の後の値',
  'a value in the brackets': '括弧の中の値',
  'another value after the comma': 'コンマの後の値',
  'one value after {0}': '{0} の後の 1 つの値',
  'a closing quotation mark': '閉じ引用符',
  'at most {0} brackets inside each other': '括弧の入れ子が {0} 段以下であること',
  'at most {0} signs in a row': '続けて書く符号が {0} 個以下であること',
  'one of the orders {0}, with - for descending': '次のいずれかの並び順（降順は - を付ける）：{0}',
  'one of the orders {0}, wrong(12) for an evaluation, with - for descending':
    '次のいずれかの並び順（降順は - を付ける）：{0}',
  'the next of another page': '別のページの next',
  'the next or previous of another page': '別のページの next または previous',

  // Jobs
  'Import into {0}': '{0} へのインポート',
  'Export {0} as {1}': '{0} を {1} でエクスポート',
  'Backup of everything': '全体のバックアップ',
  'Restore from a backup': 'バックアップからの復元',
  'folder per class (ImageFolder)': 'クラス別フォルダ（ImageFolder）',
  'Taking frames out of {0}': '{0} からフレームを取り出しています',
  'Looking through the files': 'ファイルを確認中',
  'Reading labels': 'ラベルを読み込み中',
  'Reading {0}': '{0} を読み込み中',
  'pictures that the dataset has are not in this workspace: it was used with another folder, or they are lost':
    'データセットの画像がこのワークスペースにありません（別のフォルダで使われていたか、失われています）',
  'rotated boxes were written as polygons, with their angle in attributes.rotation':
    '回転したボックスは多角形として書き出しました（角度は attributes.rotation にあります）',
  'categories of whole pictures were written as annotations without a box, at which some programs stop':
    '画像全体のカテゴリはボックスのないアノテーションとして書き出しました（処理できないプログラムもあります）',
  'labels of these pictures are not in the file, and stay':
    'これらの画像のラベルのうち、ファイルにないものはそのまま残ります',
  'one COCO file, so that what it does not have can be deleted':
    'COCO ファイル 1 つ（そこにないものを削除するため）',
  'a row of at most {0} characters': '{0} 文字以下の行',
  'A quote may be missing.': '引用符が抜けている可能性があります。',
  'Taking back what came in': '取り込んだものを元に戻しています',
  'Nothing of it stays': '取り込んだものはすべて元に戻しました',
  'What came in stays (images: {0}, labels: {1}), because others have built on it':
    '取り込んだもの（画像 {0} 枚、ラベル {1} 件）は、他の変更の基になっているため残っています',
  'It cannot be taken back: {0}': '元に戻せません：{0}',
  'What came in before stays (images: {0}, labels: {1}): run it again to go on, or take it back on the page Versions':
    'それまでに取り込んだもの（画像 {0} 枚、ラベル {1} 件）は残っています。再実行すると続きから進みます。「バージョン」ページで元に戻すこともできます',
  'Reading pictures': '画像を読み込み中',
  Tables: 'テーブル',
  Pictures: '画像',
  Indexes: '索引を作成中',
  '{0} files, taken as {1}': '{0} ファイルを {1} として読み込みます',
  'Further lines are left out.': '以降の行は省略します。',
  'the id of a job': 'ジョブの ID',
  'a failed or cancelled job': '失敗または中止されたジョブ',
  'a finished job': '終わったジョブ',
  'Cancel it first.': '先に中止してください。',
  'one that is queued': '待機中のもの',
  'one that is running': '実行中のもの',
  'one that has succeeded': '完了したもの',
  'one that has failed': '失敗したもの',
  'one that was cancelled': '中止されたもの',
  'a process that runs the job to its end': 'ジョブを最後まで実行するプロセス',
  'one that ended without a word, {0} times': '{0} 回、何も言わずに終了したもの',
  'It may need more memory than there is.': 'メモリが足りない可能性があります。',
  'the file of a finished job of the kind {0}, still kept':
    '保存期間内の、終わった {0} ジョブのファイル',
  'a job of the kind {0} that is {1}': '状態が {1} の {0} ジョブ',
  'Make it again.': 'もう一度作成してください。',
  'no other jobs under way, whose data would be replaced beneath them':
    '他に実行中のジョブがないこと（データが置き換わるため）',
  '“{0}” ({1})': '「{0}」（{1}）',
  queued: '待機中',
  running: '実行中',
  '{0} and {1} more': '{0}ほか {1} 件',
  'Wait until they end, or cancel them.': '終わるまで待つか、中止してください。',
  'free space on the disk': 'ディスクの空き容量',
  'the quota used up': '割り当て容量の使い切り',
  'none left for the database': 'データベースの空き容量なし',
  'Nothing is lost: free some space and try again.':
    '何も失われていません。空き容量を作って、もう一度試してください。',

  // Backups
  'no path, or a call from the server’s own machine':
    'パスなし、またはサーバーのマシン自身からの呼び出し',
  'a path from elsewhere': '他のマシンからのパス指定',
  'Leave it out, and fetch the file when it is made.':
    'パスを省き、作成後にファイルをダウンロードしてください。',
  'an absolute path in a folder that is there': '存在するフォルダ内の絶対パス',
  'a {0} that runs without a break': '途切れずに実行される {0}',
  'one whose process ended': 'プロセスが終了したもの',
  '{0} Start it again.': '{0}もう一度始めてください。',
  'a backup of Migaki': 'Migaki のバックアップ',
  'a whole backup of Migaki, which is a zip': 'Migaki の完全なバックアップ（ZIP）',
  'a whole zip': '完全な ZIP',
  'a zip with the entry {0}': '{0} を含む ZIP',
  'a zip of something else': '別の内容の ZIP',
  'a manifest': 'マニフェスト',
  'a manifest of Migaki': 'Migaki のマニフェスト',
  'a far larger file': 'はるかに大きなファイル',
  'one with another {0}': '{0} が異なるもの',
  'the table {0}': 'テーブル {0}',
  '{0} pictures of {1} bytes': '{1} バイトの画像 {0} 枚',
  '{0} of {1} bytes': '{1} バイトの {0} 枚',
  'the picture {0}': '画像 {0}',
  'another content under its name': '同じ名前の別の内容',
  'the rows of {0} that were saved': '保存された {0} の行',
  'the tables and columns that its migrations make': 'そのマイグレーションが作るテーブルと列',
  'rows that fit the tables': 'テーブルに合う行',
  'The blob {0} is damaged: its content has the hash {1}.':
    'ブロブ {0} は壊れています（内容のハッシュは {1}）。',
  'a backup of format {0} or before': '形式 {0} 以前のバックアップ',
  'one of format {0}': '形式 {0} のもの',
  'a backup at {0} or before': '{0} 以前のバックアップ',
  'a database at {0} or before': '{0} 以前のデータベース',
  'one at {0}': '{0} のもの',
  'Update the program, then restore it again.':
    'プログラムを更新してから、もう一度復元してください。',
  'Update the program, or restore a backup made with this version.':
    'プログラムを更新するか、このバージョンで作ったバックアップを復元してください。',
  'The file is damaged or was changed. The workspace is as it was.':
    'ファイルが壊れているか、変更されています。ワークスペースは元のままです。',
  'The file is none, is damaged or was changed. The workspace is as it was.':
    'バックアップではないか、壊れているか、変更されています。ワークスペースは元のままです。',
  'an empty workspace': '空のワークスペース',
  'one with 1 dataset': 'データセットが 1 つあるもの',
  'one with {0} datasets': 'データセットが {0} 個あるもの',
  'Restore into a new workspace, or have the backup replace what is here with --replace.':
    '新しいワークスペースに復元するか、--replace で置き換えてください。',
  'content with the SHA-256 {0}': 'SHA-256 が {0} の内容',
  'the SHA-256 of a stored blob': '保存されているブロブの SHA-256',
  'Delete it and import the file again.': '削除して、ファイルをインポートし直してください。',
  'The transfer was damaged; send it again.': '転送中に壊れました。もう一度送ってください。',
  'a range within {0} bytes': '{0} バイト以内の範囲',

  // Import and export
  'one of the formats {0}': '次のいずれかの形式：{0}',
  'one of the formats images, {0}': '次のいずれかの形式：images, {0}',
  'pictures or labels': '画像またはラベル',
  'no files': 'ファイルなし',
  '{0} files of other kinds': '他の種類のファイル {0} 件',
  'If these are labels, say of which format they are.': 'ラベルであれば、形式を指定してください。',
  'a COCO file': 'COCO ファイル',
  'another JSON file': '別の JSON ファイル',
  'one picture {0}': '1 枚だけの画像 {0}',
  'the picture that the dataset has': 'データセットにあるものと同じ画像',
  'another of its name': '同じ名前の別の画像',
  'each file name once': 'ファイル名が重ならないこと',
  'two different pictures of this name': 'この名前の異なる画像が 2 枚',
  'a picture (JPEG, PNG, WebP, AVIF, TIFF or GIF)': '画像（JPEG、PNG、WebP、AVIF、TIFF、GIF）',
  'a whole picture': '完全な画像',
  'a damaged one': '壊れた画像',
  'a damaged one ({0})': '壊れた画像（{0}）',
  'whole files': '完全なファイル',
  'some that have not arrived to their end': '最後まで届いていないもの',
  'files and folders': 'ファイルとフォルダ',
  'a link, which may lead elsewhere': '別の場所を指しうるリンク',
  'a name that stays in its folder': 'フォルダの中を指す名前',
  'one that leads out of it': 'フォルダの外を指す名前',
  'a file of this name': 'この名前のファイル',
  'a file or folder': 'ファイルまたはフォルダ',
  'Look whether the name is right.': '名前が正しいか確認してください。',
  'a video that ffmpeg reads': 'ffmpeg で読める動画',
  'one of which it says: {0}': 'ffmpeg のエラー：{0}',
  'the program ffmpeg, to take frames out of a video':
    '動画からフレームを取り出すためのプログラム ffmpeg',
  'Install ffmpeg, or name it with MIGAKI_FFMPEG; or import frames as pictures.':
    'ffmpeg をインストールするか、MIGAKI_FFMPEG で指定してください。フレームを画像としてインポートすることもできます。',
  'a whole zip file': '完全な ZIP ファイル',
  'at most {0} bytes unpacked for each byte packed':
    '圧縮された 1 バイトが展開後に {0} バイト以下であること',
  'an archive of {0} bytes that unpacks to more than {1}':
    '展開すると {1} バイトを超える {0} バイトのアーカイブ',
  '{0} came in, and is damaged inside: {1}': '{0} を取り込みましたが、内部が壊れています：{1}',
  'one of another kind': '別の種類の画像',
  'an archive without a password': 'パスワードのないアーカイブ',
  'an encrypted one': '暗号化されたもの',
  'a file that unpacks to what the archive says': 'アーカイブの記載どおりに展開されるファイル',
  'one that has another checksum': 'チェックサムが異なるもの',
  'archives that lie beside other files': '他のファイルと並んで置かれたアーカイブ',
  'one inside another': 'アーカイブの中のアーカイブ',
  'Unpack the outer one, and import the folder.':
    '外側のアーカイブを展開し、そのフォルダーをインポートしてください。',
  'an absolute path on the server': 'サーバー上の絶対パス',
  'Begin it with the root.': 'ルートから書いてください。',
  'a path inside {0}': '{0} の中のパス',
  'one outside of them': 'その外のパス',
  'Copy the files there, or name the folder with --allow-folder when the workbench starts.':
    'そこへファイルをコピーするか、起動時に --allow-folder でそのフォルダを指定してください。',
  'the id of an upload that was begun': '開始されたアップロードの ID',
  'Begin one with POST /api/uploads. Uploads that nobody imports are removed after a week.':
    'POST /api/uploads で開始してください。インポートされないアップロードは 1 週間後に削除されます。',
  'Copy pictures from {0} to {1}': '画像を {0} から {1} へコピー',
  'Move pictures from {0} to {1}': '画像を {0} から {1} へ移動',
  'pictures to copy or move': 'コピーまたは移動する画像',
  'no query together with a version': 'バージョンとクエリを同時に指定しないこと',
  'a query that matches some images': '画像に一致するクエリ',
  '{0}, which matches none': '{0}（一致する画像なし）',
  'Widen the filter, or leave it out.': '絞り込みを緩めるか、外してください。',
  'Queries speak of the dataset as it is now.': 'クエリは現在のデータセットに対してのみ使えます。',
  'an export with pictures: in {0} they are all there is':
    '画像を含むエクスポート（{0} は画像だけで構成されるため）',
  'one without': '含まないもの',
  'a dataset that fits into the memory of a worker ({0} GB): {1} is written from memory':
    'ワーカーのメモリ（{0} GB）に収まるデータセット（{1} はメモリ上で書き出されるため）',
  'one of more than {0} pictures and annotations': '画像とアノテーションが {0} 件を超えるもの',
  'Export a part of it at a time (a filter, some categories), or as COCO, which takes any size.':
    '絞り込みやカテゴリで分けてエクスポートするか、大きさに制限のない COCO を選んでください。',
  'Export with pictures (--with-images), or choose csv for the labels alone.':
    '画像を含めて（--with-images）エクスポートするか、ラベルだけなら csv を選んでください。',

  'statuses, tags, reviews, comments, work time and who drew what were left out':
    '状態、タグ、確認、コメント、作業時間、作成者を除外しました',
  'proposals that nobody has decided on were left out': '未判断の提案を除外しました',

  // What an import could not take as it came
  'pictures that no label file names, brought in without labels':
    'ラベルファイルに名前のない画像（ラベルなしで取り込みました）',
  'labels of other formats beside COCO were passed over':
    'COCO 以外の形式のラベルは読み込みませんでした',
  'none that can be used ({0})': '使えるものがありません（{0}）',
  'The log of the job tells of the other files.':
    'ほかのファイルについてはジョブのログをご覧ください。',
  'files that are labels of no known format were passed over':
    '既知の形式のラベルではないファイルを読み飛ばしました',
  'folders were not taken for classes; the format folder-per-class does that':
    'フォルダーをクラスとして扱いませんでした（形式 folder-per-class で扱えます）',
  'a COCO file to update labels from, whose annotations have ids':
    'アノテーションに ID のある COCO ファイル（ラベルの更新元）',
  pictures: '画像',
  'a description of the model (Open Inference Protocol)': 'モデルの説明（Open Inference Protocol）',
  'If the endpoint speaks COCO, give its address without v2/models.':
    'エンドポイントが COCO で応答する場合は、v2/models を除いたアドレスを指定してください。',
  'Import it without updating: what is new is added then.':
    '更新せずにインポートしてください。新しいものが追加されます。',
  'images without a file name were left out': 'ファイル名のない画像を除外しました',
  'images without a whole number as id got a new one, which no annotation can name':
    'ID が整数でない画像に新しい ID を付けました（アノテーションからは参照できません）',
  'pictures were named twice; annotations of the second went to the first':
    '同じ画像が二度現れたため、アノテーションは最初のものに付けました',
  'images had the id of another; annotations went to the first':
    '同じ ID の画像が他にあるため、アノテーションは最初のものに付けました',
  'pictures of the labels are in the trash, and stay there with their labels: restore them there':
    'ラベルの画像がゴミ箱にあり、ラベルごとそのままです（ゴミ箱から戻せます）',
  'pictures are in the trash, and stay there: restore them there':
    '画像がゴミ箱にあり、そのままです（ゴミ箱から戻せます）',
  'records hold whole numbers beyond 2^53, which may have been rounded; as text they stay exact':
    '2^53 を超える整数があり、丸められた可能性があります（文字列にすれば正確に保たれます）',
  'images got another id, since theirs was taken':
    'ID が既に使われていたため、画像に別の ID を付けました',
  'a category of the dataset: {0}': 'データセットのカテゴリ（{0}）',
  'objects name a category that the file does not have, and came without one':
    'ファイルにないカテゴリを指すオブジェクトを、カテゴリなしで取り込みました',
  'boxes, outlines or keypoints cannot be drawn; exports write them as they came':
    '描画できないボックス・輪郭・キーポイントがあります（エクスポートには元のまま書き出します）',
  'categories without a name were left out': '名前のないカテゴリを除外しました',
  'annotations whose image is not there were left out':
    '画像が存在しないアノテーションを除外しました',
  'objects got another id, since theirs was taken':
    'ID が既に使われていたため、オブジェクトに別の ID を付けました',
  'sections such as info stay as they were before': 'info などのセクションは既存のものを残しました',

  // What a format could not carry
  'records that could not be understood were left out': '解釈できない項目を除外しました',
  'holes in masks were filled': 'マスクの穴を埋めました',
  'objects of several parts were joined or split':
    '複数の部分からなるオブジェクトを結合または分割しました',
  'masks were left out or became boxes': 'マスクを除外するか、ボックスにしました',
  'pixel masks became polygons, or polygons pixel masks':
    'ピクセルマスクとポリゴンを相互に変換しました',
  'crowd regions were written as single objects or left out':
    '群集領域を単一のオブジェクトとして書き出すか、除外しました',
  'rotated boxes became polygons or upright boxes':
    '回転したボックスをポリゴンまたは水平なボックスにしました',
  'keypoints were left out': 'キーポイントを除外しました',
  'keypoint visibility was simplified': 'キーポイントの可視性を簡略化しました',
  'skeletons and keypoint names were left out': 'スケルトンとキーポイント名を除外しました',
  'boxes were left out or recomputed from the outline':
    'ボックスを除外するか、輪郭から計算し直しました',
  'areas were recomputed from the outline': '面積を輪郭から計算し直しました',
  'shapes of kinds unknown to the other side were changed or left out':
    '相手の形式にない種類の図形を変更または除外しました',
  'captions were left out': 'キャプションを除外しました',
  'labels of whole pictures were left out': '画像全体のラベルを除外しました',
  'scores were left out': 'スコアを除外しました',
  'attributes and unknown fields were left out': '属性と未知の項目を除外しました',
  'categories were renamed': 'カテゴリの名前を変更しました',
  'supercategories, colours or ids of categories were left out':
    'カテゴリの上位カテゴリ、色、ID を除外しました',
  'categories without annotations were left out': 'アノテーションのないカテゴリを除外しました',
  'ids, dates, licences or further fields of pictures were left out':
    '画像の ID、日付、ライセンス、その他の項目を除外しました',
  'pictures were renamed': '画像の名前を変更しました',
  'the division into training and validation pictures was left out':
    '学習用と検証用の区分を除外しました',
  'annotations were renumbered': 'アノテーションの番号を付け直しました',
  'dataset information and licences were left out': 'データセットの情報とライセンスを除外しました',
  'pictures without annotations were left out': 'アノテーションのない画像を除外しました',
  'pictures without a label file were taken for pictures without objects':
    'ラベルファイルのない画像をオブジェクトなしとみなしました',
  'objects or labels were left out where only one can be kept':
    '1 つしか保持できない箇所でオブジェクトまたはラベルを除外しました',
  "further versions of a picture's annotations were left out":
    '画像のアノテーションの別の版を除外しました',
  'coordinates were rounded': '座標を丸めました',
  'shapes were clipped at the edge of the picture': '図形を画像の端で切り取りました',
  '{0}, left out': '{0}（除外）',
  '{0} <polyline>, left out': '{0} <polyline>（除外）',
  '{0} <{1}>, left out': '{0} <{1}>（除外）',
  '{0} <{1}> in a skeleton, left out': '{0} スケルトン内の <{1}>（除外）',
  '{0} <points>, left out: {1} is a skeleton': '{0} <points>（除外：{1} はスケルトン）',
  '{0} <ellipse>, now a polygon': '{0} <ellipse>（ポリゴンに変換）',
  '{0} <cuboid>, now a polygon': '{0} <cuboid>（ポリゴンに変換）',
  '{0} attributes of a keypoint': '{0} キーポイントの属性',
  '{0} {1}, now {2}': '{0} {1}（{2} に変更）',
  '{0}:{1} <svg> is no drawing': '{0}:{1} <svg> は図ではありません',
  '{0}: nothing to draw': '{0}：描くものがありません',
  '{0}: nothing to draw a box around': '{0}：ボックスで囲むものがありません',
  '{0}: {1} besides the one kept': '{0}：残したもの以外に {1} 個',
  '{0}: the embedded picture': '{0}：埋め込まれた画像',
  '{0}: listed twice': '{0}：重複した記載',
  '{0}: its {1} is missing': '{0}：{1} がありません',
  '{0}: caption {1} has no picture': '{0}：キャプション {1} の画像がありません',
  '{0}: there is no picture {1}': '{0}：画像 {1} がありません',
  '{0}: <filename> {1}, taken for {2}': '{0}：<filename> {1} を {2} とみなしました',
  '{0}: {1} is no name of a picture': '{0}：{1} は画像の名前ではありません',
  'captions[{0}]: its picture is missing': 'captions[{0}]：画像がありません',
  '{0} {1}: two keys {2}': '{0} {1}：キー {2} が 2 つ',
  'bbox {0} is none': 'bbox {0} は無効です',
  'keypoints {0} are none': 'keypoints {0} は無効です',
  'score {0} is none': 'score {0} は無効です',
  'polygon {0} is none': 'ポリゴン {0} は無効です',
  'the mask has {0} × {1} pixels, its picture {2} × {3}':
    'マスクは {0} × {1} ピクセル、画像は {2} × {3} ピクセル',

  // JSON and COCO
  'byte {0}': '{0} バイト目',
  'the byte {0}': 'バイト {0}',
  'the end of the text': 'テキストの終わり',
  'the end of the file': 'ファイルの終わり',
  'The file is incomplete: copy or download it again.':
    'ファイルが途中で切れています。コピーまたはダウンロードし直してください。',
  'text in UTF-8': 'UTF-8 のテキスト',
  'bytes that are not UTF-8': 'UTF-8 ではないバイト列',
  'bytes that are none': 'UTF-8 ではないバイト列',
  'the byte order mark of UTF-16': 'UTF-16 のバイト順マーク',
  'Save the file again with the encoding UTF-8.': '文字コードを UTF-8 にして保存し直してください。',
  'Save the file as UTF-8.': 'UTF-8 で保存してください。',
  '{ or [ at the start of a JSON file': 'JSON ファイルの先頭の { または [',
  'a key in double quotes': '二重引用符で囲まれたキー',
  'a colon after the key': 'キーの後のコロン',
  'a comma or } after a section': 'セクションの後のコンマまたは }',
  'a comma or ] after an element': '要素の後のコンマまたは ]',
  'a comma or } after a member of an object': 'オブジェクトのメンバーの後のコンマまたは }',
  'a comma or ] after an element of an array': '配列の要素の後のコンマまたは ]',
  'nothing after the end of the JSON value': 'JSON の値の後に何もないこと',
  'a value': '値',
  'a digit after the minus': 'マイナスの後の数字',
  'a number without leading zeros': '先頭に余分な 0 のない数値',
  'a digit after the decimal point': '小数点の後の数字',
  'a digit in the exponent': '指数部の数字',
  'the word {0}': '語 {0}',
  'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u':
    'エスケープ \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u のいずれか',
  'a closing quote, or the control character as an escape':
    '閉じ引用符、またはエスケープされた制御文字',
  'four hexadecimal digits after \\u': '\\u の後の 16 進数 4 桁',
  'at most {0} arrays and objects inside each other':
    '配列とオブジェクトの入れ子が {0} 段以下であること',
  'A COCO file needs fewer than ten.': 'COCO ファイルでは 10 段もありません。',
  'one section ‘{0}’': 'セクション「{0}」が 1 つであること',
  'Merge the two: other tools silently use only the last.':
    '二つを統合してください。他のツールは黙って最後のものだけを使います。',
  'No COCO file has that many; is it a file of another kind?':
    'これほど多い COCO ファイルはありません。別の種類のファイルではありませんか？',
  'No record of a COCO file is that long; is it a file of another kind?':
    'これほど長い項目は COCO ファイルにありません。別の種類のファイルではありませんか？',
  'the first section': '最初のセクション',
  'the section after ‘{0}’': '「{0}」の次のセクション',
  'after {0}': '{0} の後',
  'after the section ‘{0}’': 'セクション「{0}」の後',
  'after the end': '終わりの後',
  'an array of records': '項目の配列',
  'an empty object': '空のオブジェクト',
  'the {0} {1}': '{0} 型の {1}',
  'the keys {0}': 'キー {0}',
  'the sections images, annotations and categories (or an array of results)':
    'images、annotations、categories の各セクション（または結果の配列）',
  'a COCO file (.json)': 'COCO ファイル（.json）',
  'a dataset with pictures': '画像のあるデータセット',
  'a results file': '結果ファイル',
  'Convert the ground truth.': '正解データを変換してください。',

  // Masks and outlines
  'a list of polygons, or an object with size and counts':
    'ポリゴンのリスト、または size と counts を持つオブジェクト',
  'a value of type {0} without them': 'それらのない {0} 型の値',
  'at least one polygon': '1 つ以上のポリゴン',
  'an empty list': '空のリスト',
  'Leave segmentation out where there is no mask.':
    'マスクがない場合は segmentation を省いてください。',
  'a list of numbers': '数値のリスト',
  'A single polygon is a list in a list: [[x0, y0, x1, y1, …]].':
    'ポリゴンが 1 つでもリストのリストです：[[x0, y0, x1, y1, …]]。',
  'a box of four numbers like the first': '最初のものと同じ 4 つの数値のボックス',
  'a polygon of three points or more': '3 点以上のポリゴン',
  'a whole number of pixels, zero or more': '0 以上の整数のピクセル数',
  'a coordinate in pixels within ±{0}': '±{0} 以内のピクセル座標',
  'an outline that crosses at most {0} columns of pixels': '横切るピクセル列が {0} 本以下の輪郭',
  '{0} crossings by {1} corners': '{1} 個の頂点で {0} 回の交差',
  'a picture of less than 2^32 pixels': '2^32 ピクセル未満の画像',
  'a height and a width in whole pixels, zero or more': '0 以上の整数の高さと幅',
  'runs that add up to {0} pixels ({1} × {2})': '合計 {0} ピクセル（{1} × {2}）になるラン',
  '{0} pixels in {1} runs': '{1} 個のランで {0} ピクセル',
  'Is size [height, width], and the mask of this picture?':
    'size は [高さ, 幅] ですか？この画像のマスクですか？',
  '{0} bytes ({1} × {2})': '{0} バイト（{1} × {2}）',
  '{0} pixels in a picture of {1} × {2}': '{1} × {2} の画像で {0} ピクセル',
  '{0} pixels in a picture of {1} × {2}, like the masks before':
    '前のマスクと同じ {1} × {2} の画像の {0} ピクセル',
  'characters from "0" to "o"': '"0" から "o" までの文字',
  '{0} as character {1} of {2}': '{2} 文字中 {1} 文字目の {0}',
  'runs of at most {0} characters': '{0} 文字以下のラン',
  'a longer one, up to character {0} of {1}': 'それより長いラン（{1} 文字中 {0} 文字目まで）',
  'a text that ends with a whole run': '完全なランで終わるテキスト',
  'one that ends in the middle of a run, after character {0}':
    '{0} 文字目の後、ランの途中で終わるもの',
  'The text was cut off.': 'テキストが途中で切れています。',
  'a finite tolerance of zero pixels or more': '0 ピクセル以上の有限の許容値',

  // Evaluation
  'the id of a picture of the ground truth': '正解データにある画像の ID',
  'Evaluate against the file whose pictures the model has seen.':
    'モデルが推論した画像のファイルと比べて評価してください。',
  'Number the {0} from 1.': '{0} に 1 から番号を付けてください。',
  'a list': 'リスト',
  'an object': 'オブジェクト',
  'a number': '数値',
  numbers: '数値',
  'whole numbers from 0': '0 以上の整数',
  'one that was evaluated: {0}': '評価されたもの：{0}',
  'Detections are ranked by their score.': '検出はスコア順に並べられます。',
  'The first result decides how all of them are read.':
    '最初の結果によって、すべての読み方が決まります。',
  'at least one point': '1 点以上',
  'a box of four numbers': '4 つの数値からなるボックス',
  'polygons or an RLE': 'ポリゴンまたは RLE',
  'a list of x, y and visibility in turn': 'x、y、可視性を順に並べたリスト',
  'A COCO results file is a plain array of detections.':
    'COCO の結果ファイルは検出の単純な配列です。',
  'Evaluate against an instances or keypoints file.':
    'instances または keypoints のファイルと比べて評価してください。',
  'the id of a picture, whose size its mask needs': 'マスクに必要な大きさを持つ画像の ID',
  '{0} keypoints of three numbers, as there are {1} sigmas':
    'シグマが {1} 個なので、3 つの数値からなるキーポイント {0} 個',
  'Give one sigma for each keypoint of the category.':
    'カテゴリのキーポイントごとにシグマを 1 つ指定してください。',

  // Files of other formats
  'the files': 'ファイル',
  'the folder': 'フォルダ',
  'the dataset': 'データセット',
  'annotations of one format': '1 つの形式のアノテーション',
  'Say which one is meant.': 'どれを使うか指定してください。',
  "a file name inside the dataset's folder": 'データセットのフォルダ内のファイル名',
  'Rename the file or correct the name in the annotations.':
    'ファイル名を変更するか、アノテーション内の名前を直してください。',
  'a picture': '画像',
  'a picture with pixels': 'ピクセルのある画像',
  "the picture's size, or the picture itself": '画像の大きさ、または画像そのもの',
  'each picture once': '各画像が 1 回だけであること',
  'a shape': '図形',
  'a name': '名前',
  points: '点',
  'one point': '1 点',
  'two corners': '2 つの角',
  'four corners': '4 つの角',
  'three points or more': '3 点以上',
  '{0} points or more': '{0} 点以上',
  '{0} coordinates': '{0} 個の座標',
  'a box of a size': '大きさのあるボックス',
  'a circle of a size': '大きさのある円',
  'an ellipse of a size': '大きさのある楕円',
  'a radius of 0': '半径 0',
  'a centre and a point on the circle': '中心と円周上の 1 点',
  'a point [x, y] in pixels': 'ピクセル単位の点 [x, y]',
  'a point [x, y] in per cent': 'パーセント単位の点 [x, y]',
  'a box [x, y, width, height]': 'ボックス [x, y, 幅, 高さ]',
  'a box with its smaller corner first': '小さい角を先に書いたボックス',
  JSON: 'JSON',
  '{0} text': '{0} のテキスト',
  'other bytes between byte {0} and byte {1}': '{0}～{1} バイト目にある別のバイト列',
  // CSV
  'a table (.csv or .tsv)': '表（.csv または .tsv）',
  'a header': '見出し行',
  'a header with a column for the picture (file_name, filename, image_id) and for a category or a whole box':
    '画像の列（file_name、filename、image_id）と、カテゴリまたはボックス全体の列を持つ見出し行',
  'an empty file': '空のファイル',
  'an empty cell': '空のセル',
  'rows with pictures': '画像のある行',
  'names alone': '名前のみ',
  'the name of a picture': '画像の名前',
  'a number in the column {0}': '{0} 列の数値',
  'JSON in the column {0}': '{0} 列の JSON',
  'a JSON object of attributes': '属性の JSON オブジェクト',
  'a closing quote': '閉じ引用符',
  // CVAT
  'annotations.xml of CVAT for images': 'CVAT for images の annotations.xml',
  'CVAT for images': 'CVAT for images',
  'a <track> of CVAT for video': 'CVAT for video の <track>',
  'Export the task once more, as "CVAT for images 1.1".':
    'タスクを「CVAT for images 1.1」でエクスポートし直してください。',
  'the attribute {0} in <{1}>': '<{1}> の属性 {0}',
  'the attribute name in <image>': '<image> の属性 name',
  'a number for {0}': '{0} の数値',
  'points as "x,y;x,y"': '「x,y;x,y」形式の点',
  'one of the labels in <meta> ({0})': '<meta> のラベルのいずれか（{0}）',
  'the keypoints of {0} in an earlier file ({1})': '先のファイルでの {0} のキーポイント（{1}）',
  'a mask inside the picture ({0} × {1})': '画像（{0} × {1}）の中のマスク',
  'a mask of at most {0} pixels': '{0} ピクセル以下のマスク',
  'a mask of whole pixels': '整数ピクセルのマスク',
  'a mask with pixels': 'ピクセルのあるマスク',
  'an empty one': '空のマスク',
  'runs of pixels that add up to {0}': '合計 {0} になるピクセルのラン',
  'xtl ≤ xbr and ytl ≤ ybr': 'xtl ≤ xbr かつ ytl ≤ ybr',
  // Label Studio
  'an export of Label Studio (.json)': 'Label Studio のエクスポート（.json）',
  'tasks of Label Studio': 'Label Studio のタスク',
  'a task with data': 'data を持つタスク',
  'the URL of a picture': '画像の URL',
  'the picture itself': '画像そのもの',
  'a result with type and value': 'type と value を持つ結果',
  'a picture that was not turned (image_rotation 0)': '回転していない画像（image_rotation 0）',
  'a mask in the format rle': 'rle 形式のマスク',
  '{0} values ({1} × {2} × RGBA)': '{0} 個の値（{1} × {2} × RGBA）',
  'a whole mask': '完全なマスク',
  'an early end': '途中での終わり',
  'a byte': 'バイト',
  // labelme
  'labelme files (.json)': 'labelme のファイル（.json）',
  'a labelme file with the list shapes': 'shapes のリストを持つ labelme ファイル',
  'a PNG in Base64 as mask': 'マスクとしての Base64 の PNG',
  // PNG
  'a PNG file of a mask': 'マスクの PNG ファイル',
  'other bytes': '別のバイト列',
  'its end before the last chunk': '最後のチャンクの前での終わり',
  'its end within a chunk': 'チャンクの途中での終わり',
  'a wrong checksum in the chunk {0}': 'チャンク {0} の誤ったチェックサム',
  'no header': 'ヘッダーなし',
  '{0} × {1} pixels': '{0} × {1} ピクセル',
  'colour type {0}, {1} bits, interlace {2}': 'カラータイプ {0}、{1} ビット、インターレース {2}',
  'the filter {0}': 'フィルタ {0}',
  'more codes than their lengths allow': '長さに対して多すぎる符号',
  'no zlib stream': 'zlib ではないデータ',
  'too few bytes': '少なすぎるバイト数',
  'too many bytes': '多すぎるバイト数',
  'a wrong checksum': '誤ったチェックサム',
  'a block of no known kind': '未知の種類のブロック',
  'a stored block of no length': '長さのないブロック',
  'a repetition of nothing': '対象のない繰り返し',
  'more code lengths than codes': '符号より多い符号長',
  'a length of no known kind': '未知の種類の長さ',
  'a distance of no known kind': '未知の種類の距離',
  'a copy from before the start': '先頭より前からのコピー',
  'a code of no symbol': '記号のない符号',
  // Pascal VOC
  'Pascal VOC annotations, one XML file for each picture':
    'Pascal VOC のアノテーション（画像ごとの XML ファイル）',
  'a number in <{0}>': '<{0}> の数値',
  'xmin ≤ xmax and ymin ≤ ymax': 'xmin ≤ xmax かつ ymin ≤ ymax',
  // XML
  'an XML file in UTF-8, or in UTF-16 with a byte order mark':
    'UTF-8、またはバイト順マーク付き UTF-16 の XML ファイル',
  'the encoding "{0}"': '文字コード「{0}」',
  '<{0}> in <{1}>': '<{1}> の中の <{0}>',
  'a character of XML': 'XML で使える文字',
  'an element': '要素',
  'an opening tag': '開始タグ',
  '</{0}>, opened in line {1}': '{1} 行目で開かれた要素の </{0}>',
  '</{0}> for the element opened in line {1}': '{1} 行目で開かれた要素の </{0}>',
  'the name of an element after <': '< の後の要素名',
  'one attribute {0} in <{1}>': '<{1}> の属性 {0} が 1 つであること',
  'name="value", /> or > in <{0}>': '<{0}> の中の name="value"、/> または >',
  'a closing {0}': '閉じる {0}',
  '> at the end of a tag': 'タグの終わりの >',
  '> at the end of DOCTYPE': 'DOCTYPE の終わりの >',
  '?> at the end of <?': '<? の終わりの ?>',
  '--> at the end of a comment': 'コメントの終わりの -->',
  ']]> at the end of CDATA': 'CDATA の終わりの ]]>',
  ']]&gt; in text': 'テキスト中の ]]&gt;',
  'a comment without -- in it': '-- を含まないコメント',
  'a name after <?': '<? の後の名前',
  '<?xml only at the very start of the file': 'ファイルの先頭だけの <?xml',
  'it here': 'ここにある <?xml',
  'CDATA inside an element': '要素の中の CDATA',
  'CDATA outside': '要素の外の CDATA',
  'a DOCTYPE before the first element': '最初の要素の前の DOCTYPE',
  'one after it': 'その後にあるもの',
  'a file without declarations of its own': '独自の宣言のないファイル',
  'a DOCTYPE with some': '宣言のある DOCTYPE',
  'the end of the file after the outermost element': '最も外側の要素の後のファイルの終わり',
  'elements at most {0} levels deep': '{0} 階層以下の要素',
  '<{0}> below that': 'それより深い <{0}>',
  '&amp;, &lt;, &gt;, &quot;, &apos; or the number of a character':
    '&amp;、&lt;、&gt;、&quot;、&apos; または文字番号',
  // YOLO
  'one data.yaml': '1 つの data.yaml',
  'Convert one dataset at a time.': 'データセットは 1 つずつ変換してください。',
  'data.yaml or classes.txt with the names of the classes':
    'クラス名を書いた data.yaml または classes.txt',
  'names and splits': 'names と分割',
  'no map of keys': 'キーのマップではないもの',
  'the number of classes': 'クラスの数',
  'the names of the classes': 'クラスの名前',
  'a list or map': 'リストまたはマップ',
  'a list or map of names': '名前のリストまたはマップ',
  'a map': 'マップ',
  '{0}, the number of names': '名前の数である {0}',
  'class indices from 0 to {0}': '0 から {0} までのクラス番号',
  'a folder, a list of pictures (.txt), or several':
    'フォルダ、画像のリスト（.txt）、またはその組み合わせ',
  '[number of keypoints, 2 or 3]': '[キーポイントの数, 2 または 3]',
  'a list of keypoint indices': 'キーポイント番号のリスト',
  'a list of names for each class index': 'クラス番号ごとの名前のリスト',
  'one text': '1 つのテキスト',
  '{0} in column {1}': '{1} 列目の {0}',
  '{0} in the last column': '最後の列の {0}',
  '{0} columns (kpt_shape)': '{0} 列（kpt_shape）',
  'a class with a name': '名前のあるクラス',
  'a class from 0 to {0}': '0 から {0} までのクラス',
  'Add its name, or correct the line.': '名前を追加するか、この行を直してください。',
  "a fraction of the picture's size": '画像の大きさに対する割合',
  'Pixels must be divided by the size.': 'ピクセル値は大きさで割る必要があります。',
  'Pixels must be divided by the size; keypoints need kpt_shape in data.yaml.':
    'ピクセル値は大きさで割る必要があります。キーポイントには data.yaml の kpt_shape が必要です。',
  'a score from 0 to 1': '0 から 1 までのスコア',
  'a visibility of 0, 1 or 2': '0、1、2 のいずれかの可視性',
  'a class and a box or polygon': 'クラスと、ボックスまたはポリゴン',
  'a folder or list of pictures in the dataset': 'データセット内の画像のフォルダまたはリスト',
  'a picture in the dataset': 'データセット内の画像',
  'a label file (.txt) for some of the pictures': '一部の画像に対応するラベルファイル（.txt）',
  'Put labels/ beside images/; a picture without objects can have an empty file there.':
    'labels/ を images/ の隣に置いてください。オブジェクトのない画像は空のファイルにできます。',
  'a picture of a split to these labels': 'これらのラベルに対応する分割の画像',
  'data.yaml names {0}': 'data.yaml の names {0}',
  'keypoints to write for the task pose': 'タスク「pose」で書き出すキーポイント',
  'Choose detect or segment.': 'detect または segment を選んでください。',
  // YAML
  'See the documentation of your training tool for the form of this file.':
    'このファイルの書き方は、お使いの学習ツールの文書を見てください。',
  'a line that fits its indentation': '字下げの合う行',
  'each key once': '各キーが 1 回だけであること',
  'a name before the colon': 'コロンの前の名前',
  'nothing more on this line': 'この行に続きがないこと',
  'spaces as indentation': '空白による字下げ',
  'a tab': 'タブ',
  'one document': '1 つの文書',
  'a plain or quoted value': 'そのままの値、または引用符で囲んだ値',
  'the YAML feature {0}': 'YAML の機能 {0}',
  'a key and a colon': 'キーとコロン',
  'a comma or {0}': 'コンマまたは {0}',
  'an escape that YAML has': 'YAML にあるエスケープ',
  'one value': '1 つの値',
  '{0}, a map on the line of its key': '{0}（キーと同じ行のマップ）',
  // Pre-annotation
  'Retrain {0} on {1}': '{1} で {0} を再学習',
  'Training {0}': '{0} を学習中',
  'a training that made a model': 'モデルのできた学習',
  'one that ended with: {0}': '次の理由で終わったもの：{0}',
  'one that did not': 'モデルのできなかった学習',
  'The page of the run says more.': '詳しくは学習のページにあります。',
  'time for a first step': '最初のステップのための時間',
  '{0} seconds until all was ready, of {1} in all, the end included':
    '準備に {0} 秒、全体で {1} 秒（終わりの処理を含む）',
  'Give it more minutes.': '時間（分）を増やしてください。',
  'Measure {0} on {1}': '{1} で {0} を測定',
  'Looking at pictures': '画像を見ています',
  'Comparing with the labels': 'ラベルと比べています',
  'labelled pictures that the model has not learned from': 'モデルが学習していないラベル付きの画像',
  'none beside {0} others': 'なし（学習済みの画像は {0} 枚）',
  'Label some more pictures, choose another dataset, or ask for those that it learned from as well.':
    'もう少しラベルを付けるか、別のデータセットを選ぶか、学習済みの画像も含めてください。',
  'two evaluations on one dataset': '同じデータセットでの二つの評価',
  'one on {0} and one on {1}': '{0} での評価と {1} での評価',
  'the id of an evaluation': '評価の ID',
  'an evaluation of {0} on pictures that it has not learned from':
    '{0} を、学習に使っていない画像で評価したもの',
  'none that keeps how sure it was of each thing it found':
    '見つけたもの一つ一つの確からしさを残した評価がありません',
  'Evaluate it first (migaki evaluate, or the dataset’s Evaluations page), or name a score.':
    '先に評価してください（migaki evaluate、またはデータセットの評価のページ）。スコアを指定することもできます。',
  'a precision that some class reaches, where {0} was wanted':
    'いずれかのクラスが届く適合率（指定は {0}）',
  'at best {0}, of {1} from a score of {2} on': '最高でも {0}（{1}、スコア {2} 以上）',
  'too few objects on the pictures that it was measured on': '評価した画像にある物体が少なすぎます',
  'Want a lower precision, name a threshold, or train the model on more labels.':
    '適合率を下げるか、しきい値を指定するか、ラベルを増やして学習し直してください。',
  'the number of an evaluation on this dataset in brackets after {0}':
    '{0} の後の括弧に入れた、このデータセットの評価の番号',
  'It may have been deleted; the page Runs lists those that there are.':
    '削除されたのかもしれません。「学習履歴」のページに一覧があります。',
  'the number of an evaluation in brackets after {0}': '{0} の後の括弧に入れた評価の番号',
  'two categories with / between them': '/ で区切った二つのカテゴリ',
  'Let {0} propose for {1}': '{1} に {0} が提案',
  'Let {0} look for mistakes in {1}': '{1} のラベルの誤りを {0} が探す',
  'the picture is missing': '画像がありません',
  'a class of the model': 'モデルのクラス',
  'a category of the dataset': 'データセットのカテゴリ',
  'a dataset with categories, or classes with names that could become some':
    'カテゴリのあるデータセット、またはカテゴリにできる名前のあるクラス',
  'no category, and the classes {0}': 'カテゴリなし、クラスは {0}',
  'Add the categories, or say what the ids of the classes mean (--labels).':
    'カテゴリを追加するか、クラスの ID の意味を指定してください（--labels）。',
  '{0} (there is none)': '{0}（ひとつもありません）',
  "a model with classes called as the dataset's categories are: {0}":
    'データセットのカテゴリ（{0}）と同じ名前のクラスを持つモデル',
  'Say which class is which category (--map class=category), or add the categories.':
    'どのクラスがどのカテゴリか（--map クラス=カテゴリ）を指定するか、カテゴリを追加してください。',
  'a model that finds objects or classes ({0})': 'オブジェクトやクラスを見つけるモデル（{0}）',
  'one of the task {0}': 'タスク {0} のモデル',
  'a category with {0} keypoints, as the model has':
    'モデルと同じ {0} 個のキーポイントを持つカテゴリ',
  'one with {0}': '{0} 個のカテゴリ',
  // Runs and models
  'Train {0}': '{0} の学習',
  'the id of a run': '学習の ID',
  'a run that has ended': '終わった学習',
  'a run that has not ended': '終わっていない実行',
  'Log everything before the run is finished, or begin another one.':
    '終了を伝える前にすべて記録するか、新しい実行を始めてください。',
  'a run of another program': '他のプログラムの実行',
  'a training that failed or was cancelled': '失敗またはキャンセルされた学習',
  'a training of the workbench, which tells of itself': 'ワークベンチ自身が記録する学習',
  'the path of a file of the run': 'この学習のファイルのパス',
  'the id of a model': 'モデルの ID',
  'a model {0}': 'モデル {0}',
  'a version of the model {0}': 'モデル {0} のバージョン',
  'an alias of the model {0}': 'モデル {0} の別名',
  'a model, with @ and a version or an alias where another than the last is meant':
    'モデルの名前（最新以外のときは @ に続けてバージョンまたは別名）',
  'The list of models shows what there is: npx migaki models.':
    'モデルの一覧（npx migaki models）で確かめてください。',
  'Choose another name, or rename or delete that model.':
    '別の名前を選ぶか、そのモデルの名前を変えるか削除してください。',
  'a version at which no alias points': 'どの別名も指していないバージョン',
  'Point the alias at another version, or take it away, first.':
    '先に別名を別のバージョンに移すか、取り除いてください。',
  'a model at which no alias points': 'どの別名も指していないモデル',
  'Whoever uses it by that name would be left without: take the alias away first, on its page or with migaki models unalias {0} {1}.':
    'その名前で使っている人が使えなくなります。先に別名を取り除いてください（モデルのページ、または migaki models unalias {0} {1}）。',
  'Gathering pictures and labels': '画像とラベルを集めています',
  'Learning from {0}, validating with {1}; {2}, {3} × {4} pixels, {5} weights, {6} a step, seed {7}':
    '{0}から学習し、{1}で検証します。{2}、{3} × {4} ピクセル、重み {5} 個、1 ステップ {6}、シード {7}',
  'imported network': '取り込んだネットワーク',
  '{0} network': 'ネットワーク {0}',
  'none beside a network to begin from, which has a size of its own':
    '指定なし（開始点のネットワークには固有の大きさがあります）',
  'a network to begin from': '開始点のネットワーク',
  'Name one, or leave this setting out.': 'ネットワークを指定するか、この設定をやめてください。',
  'Leave the size out, or begin from nothing.':
    'サイズの指定をやめるか、ゼロから学習してください。',
  'Fetching {0}': '{0} を取得しています',
  Training: '学習中',
  Validating: '検証中',
  'Writing the model': 'モデルを書き出しています',
  'Measuring the model in fewer bits': '少ないビット数でのモデルを測定しています',
  'a training that is queued or running': '待機中または実行中の学習',
  'one that has ended': '終わったもの',
  'one that was deleted for good': '完全に削除されたもの',
  'the dataset {0}': 'データセット {0}',
  'the model {0}': 'モデル {0}',
  'an upload with one ONNX file': 'ONNX ファイルを 1 つ含むアップロード',
  'one with {0} of them': '{0} 個含むもの',
  'the permission “{0}” for a job of the kind {1}': '種類が {1} のジョブには権限「{0}」',

  // The trainer
  'A batch of {0} would fit; so would a smaller input or a smaller network.':
    'バッチを {0} 枚にするか、入力またはネットワークを小さくすれば収まります。',
  'Begin again without it, or resume the run that it belongs to.':
    'これを使わずに始め直すか、元の学習を再開してください。',
  'Begin again without it, or take an earlier one.':
    'これを使わずに始め直すか、より前のものを使ってください。',
  'Define the keypoints of a category, and set them on some objects.':
    'カテゴリにキーポイントを定義し、いくつかのオブジェクトに付けてください。',
  'Draw boxes around some objects first, or import labels.':
    '先にいくつかのオブジェクトをボックスで囲むか、ラベルをインポートしてください。',
  'Draw polygons or masks, or train a detector (detect).':
    'ポリゴンかマスクを描くか、検出（detect）を学習してください。',
  'Give each picture the category of what it shows, such as a person or a product.':
    '各画像に、写っている人や製品などのカテゴリを付けてください。',
  'Give pictures a category of their own (T in the annotator), or import a folder per class.':
    '画像自体にカテゴリを付けるか（アノテーターの T）、クラスごとのフォルダをインポートしてください。',
  'HTTP {0}': 'HTTP {0}',
  'It may need more memory than there is: fewer loaders or a smaller batch need less.':
    'メモリが足りない可能性があります。画像を読むプロセスかバッチを減らしてください。',
  'It was made by another version of the program; update this one.':
    '別のバージョンで作られています。このプログラムを更新してください。',
  'Label some pictures, or widen the filter.': '画像にラベルを付けるか、絞り込みを緩めてください。',
  'Look at the warnings above: are the files where they were, and whole?':
    '上の警告を見て、ファイルが元の場所に壊れずにあるか確かめてください。',
  'Look the repository up: is the name right, and is there an .onnx file of that path?':
    'リポジトリを確かめてください。名前は正しいですか。そのパスに .onnx ファイルはありますか。',
  'Make room; what was written before is whole, and the run goes on from it.':
    '空き容量を増やしてください。これまでに書かれた分は無事で、学習はそこから続けられます。',
  'Name the field that holds the number, such as metadata.score (--value).':
    '数値の入ったフィールドを metadata.score のように指定してください（--value）。',
  'No picture has a label of its own: what it shows is taken from its objects.':
    'ラベルの付いた画像がないため、写っているものはオブジェクトから読み取ります。',
  'Not even one picture would fit: take a smaller input or a smaller network.':
    '1 枚でも収まりません。入力かネットワークを小さくしてください。',
  'To begin a training from it, name it with --init.':
    'これを出発点に学習するには --init で指定してください。',
  'If nobody did that, a guess: the system did, for want of memory ({0} GB in all). Then train with a smaller batch, a smaller input or a smaller network. The run can go on from its last checkpoint.':
    '誰も終了させていないなら、推測ですが、メモリ不足（全体で {0} GB）のためシステムが終了させたのかもしれません。その場合はバッチ、入力、ネットワークのいずれかを小さくして学習してください。最後のチェックポイントから続けられます。',
  'Try a lower learning rate. The state before this step is kept, and the run can go on from it.':
    '学習率を下げてみてください。このステップの前の状態は残っており、そこから続けられます。',
  'Try again, name another hub with MIGAKI_HUB, or download the file and name its path.':
    'もう一度試すか、MIGAKI_HUB で別のハブを指定するか、ファイルをダウンロードしてそのパスを指定してください。',
  'a COCO file of instances or keypoints': 'instances か keypoints の COCO ファイル',
  'a broken header': '壊れたヘッダー',
  'a checkpoint of this run': 'この学習のチェックポイント',
  'a file of the hub': 'ハブにあるファイル',
  'a file that ends early': '途中で終わっているファイル',
  'a file whose SHA-256 is {0}, not {1}': 'SHA-256 が {1} でなく {0} のファイル',
  'a full disk': '空き容量のないディスク',
  'a loss that is a number': '数値の損失',
  'a model in float32, from which others are made': '他の精度の元になる float32 のモデル',
  'a model that was trained here, with its task and labels in the metadata':
    'ここで学習され、タスクとラベルをメタデータに持つモデル',
  'a model whose card is of format {0}': 'カードの形式が {0} のモデル',
  'a name such as owner/repository, owner/repository/file.onnx or owner/repository@revision':
    'owner/repository、owner/repository/file.onnx、owner/repository@revision のような名前',
  'a number from {0} to {1}': '{0} から {1} までの数値',
  'a process that ends by itself': '自ら終了するプロセス',
  'a step of {0} pictures': '{0} 枚のステップ',
  'a text': 'テキスト',
  'a whole file of tensors': '壊れていないテンソルのファイル',
  'a whole number from {0} to {1}': '{0} から {1} までの整数',
  'about {0} that it needs': '約 {0} が必要',
  'an ONNX file': 'ONNX ファイル',
  'an ONNX file without them': 'それらのない ONNX ファイル',
  'another form': '別の形式',
  'at most {0} of memory, which are free': '空いている {0} 以内のメモリ',
  both: '両方',
  'boxes alone': 'ボックスのみ',
  'labelled pictures': 'ラベルの付いた画像',
  'no field': '指定なしのフィールド',
  'objects with keypoints': 'キーポイントのあるオブジェクト',
  'objects with outlines or masks': '輪郭かマスクのあるオブジェクト',
  '1 class': '1 クラス',
  'one in {0}': '{0} のもの',
  'one of another run or of other settings': '別の学習または別の設定のもの',
  'one of the two': 'どちらか一方',
  '1 picture': '画像 1 枚',
  'one that was killed': '強制終了されたプロセス',
  '1 thing': '対象 1 つ',
  'pictures of two classes or more': '二つ以上のクラスの画像',
  'pictures that can be read': '読み込める画像',
  'pictures with different numbers to learn': '異なる数値を持つ画像',
  'pictures with labels': 'ラベルのある画像',
  'pictures with objects': 'オブジェクトのある画像',
  'processes that read pictures and go on': '画像を読み続けるプロセス',
  'a process that looks at pictures and goes on': '画像を見続けるプロセス',
  'one that ended by itself ({0})': '自ら終了したもの（{0}）',
  'several pictures each of two things or more': '二つ以上の対象それぞれについて複数の画像',
  'space for the file': 'ファイルを書く空き容量',
  'step {0} (batch {1}: {2})': 'ステップ {0}（バッチ {1}：{2}）',
  'the file': 'そのファイル',
  'the type {0}': '型 {0}',
  'the {0}th that ended by itself ({1})': '勝手に終了した {0} 個目のプロセス（{1}）',
  'true or false': 'true か false',
  '{0} classes': '{0} クラス',
  '{0} of {1} that cannot': '{1} 枚中 {0} 枚が読めない画像',
  '{0} pictures': '画像 {0} 枚',
  '{0} things': '対象 {0} つ',
  '{0} with a number in {1}': '{0}（数値のフィールド：{1}）',
  '{0} without any': '{0}（オブジェクトなし）',
  'Choose what to label next in {0}': '{0} で次にラベル付けする画像を選ぶ',
  'Choosing what teaches the most': '最も効果の高い画像を選択中',
  'a model, or embeddings of the dataset': 'モデル、またはデータセットの埋め込み',
  'Name a model that was trained here; without one, let one compare the pictures first.':
    'ここで学習したモデルを指定してください。指定しない場合は、先にモデルで画像を比較してください。',
  'Let {0} compare the pictures of {1}': '{0} で {1} の画像を比較',
  'Looking for what is alike': '似ているものを探しています',
  'Drawing the map': 'マップを描いています',
  'embeddings of the dataset': 'データセットの埋め込み',
  'Let {0} compare the objects of {1}': '{0} で {1} のオブジェクトを比較',
  'embeddings of the objects': 'オブジェクトの埋め込み',
  'an object that the model has seen': 'モデルが見たオブジェクト',
  'one that it has not, object {0}': 'まだ見ていないオブジェクト {0}',
  'Let a model see the objects: Compare the objects, or migaki embeddings --objects.':
    'モデルにオブジェクトを見せてください：「オブジェクトを比較する」、または migaki embeddings --objects。',
  'the id of an annotation after similarobject': 'similarobject の後にアノテーションの ID',
  'a picture that the model has seen': 'モデルが見た画像',
  'one that it has not, image {0}': 'まだ見ていない画像 {0}',
  'Let a model see the pictures: Map, or migaki embeddings.':
    'マップ、または migaki embeddings で、モデルに画像を見せてください。',
  'the id of a picture after similar': 'similar の後に画像の ID',
  'three or more corners such as "0.1 0.2;0.4 0.2;0.3 0.5"':
    '"0.1 0.2;0.4 0.2;0.3 0.5" のような三つ以上の角',
  'open proposals of the category from a score of {0} on':
    'スコア {0} 以上の、そのカテゴリの未決定の提案',
  'Choose a lower score or another category, or let a model propose first.':
    'スコアを下げるか別のカテゴリを選ぶか、先にモデルに提案させてください。',
  'the number of a sample of the dataset': 'データセットの標本の番号',
  'the id of an object of the sample': '標本のオブジェクトの ID',
  'a sample whose rest was not accepted yet': '残りがまだ承認されていない標本',
  'one that was decided on': '決定済みの標本',
  'Draw another sample.': '別の標本を選んでください。',
  'a sample of which all is judged': 'すべて判定済みの標本',
  '{0} that nobody has judged': '未判定 {0} 件',
  'a sample of which more than half is right': '半分を超えて正しい標本',
  'Choose a higher score, or look over these one by one.':
    'スコアを上げるか、一件ずつ見直してください。',
  '{0} mistakes that were slipped in as controls are proposals again':
    '確認のために混ぜた誤り {0} 件を提案に戻しました',
  'Take results of {0} as proposals for {1}': '{0} の結果を {1} の提案として取り込む',
  results: '結果',
  'one file of results, or one with the label file that it speaks of':
    '結果ファイル 1 つ、またはそれとその ID のラベルファイル',
  'no JSON file': 'JSON ファイルなし',
  '{0} lists of results and {1} other files': '結果のリスト {0} つとその他のファイル {1} つ',
  'Give one file of results at a time.': '結果ファイルは一度に 1 つずつ指定してください。',
  'a list of results, or a COCO file with annotations':
    '結果のリスト、またはアノテーションのある COCO ファイル',
  'boxes [x, y, width, height] in pixels of the picture':
    '画像のピクセルで表したボックス [x, y, width, height]',
  'no number above {0}': '{0} を超える数値なし',
  'Multiply fractions by the width and height of their pictures.':
    '比率には画像の幅と高さを掛けてください。',
  'Results look like [{"image_id": 1, "category_id": 1, "bbox": [x, y, width, height], "score": 0.9}].':
    '結果の形式は [{"image_id": 1, "category_id": 1, "bbox": [x, y, width, height], "score": 0.9}] です。',
  'a COCO file with images and categories': 'images と categories のある COCO ファイル',
  'Give the label file that the model’s pictures came with, or leave it out.':
    'モデルに見せた画像のラベルファイルを指定するか、省いてください。',
  'a result': '結果',
  'the id of a picture, or its file name': '画像の ID またはファイル名',
  'the id of a category': 'カテゴリの ID',
  'a number from 0 to 1': '0 から 1 までの数値',
  'Results of a model have scores. Labels that people drew are imported instead.':
    'モデルの結果には score が必要です。人が描いたラベルはインポートしてください。',
  'Divide percentages by 100, and take logits through a sigmoid or softmax.':
    'パーセントは 100 で割り、ロジットはシグモイドかソフトマックスに通してください。',
  'ids or file names of pictures of the dataset': 'データセットの画像の ID またはファイル名',
  '{0} others, such as {1}': '{1} など別のもの {0} 個',
  'Where the ids are those of another label file, give that file as well (--labels).':
    'ID が別のラベルファイルのものなら、そのファイルも指定してください（--labels）。',
  'results of classes that are no category of the dataset':
    'データセットのカテゴリにないクラスの結果',
  'a picture of the dataset': 'データセットの画像',
  'none; one result is left out': 'なし。1 個の結果を除きました',
  'none; {0} results are left out': 'なし。{0} 個の結果を除きました',
  'result {0}, {1}': '結果 {0}、{1}',
  '[x, y, width, height] with a width and height above 0':
    '幅と高さが 0 より大きい [x, y, width, height]',
  'a box on the picture of {0} × {1} pixels': '{0} × {1} ピクセルの画像上のボックス',
  'one beside it': '画像の外のボックス',
  'Was the picture of another size where the model saw it?':
    'モデルに見せた画像の大きさが違いませんでしたか。',
  'polygons of numbers on a picture whose size is known':
    '大きさの分かっている画像上の、数値による多角形',
  'an unknown size': '不明な大きさ',
  'an outline of at least one pixel': '1 ピクセル以上の輪郭',
  'a mask of {0} × {1} pixels, as the picture is': '画像と同じ {0} × {1} ピクセルのマスク',
  'one of none': '0 ピクセルのもの',
  'three numbers for each of the {0} keypoints of the category':
    'カテゴリの {0} 個のキーポイントそれぞれに三つの数値',

  // Proposals of an endpoint
  'an address that begins with http:// or https://, without a name and password':
    'http:// か https:// で始まり、ユーザー名とパスワードを含まないアドレス',
  'an address that the workbench may call, of which it was told none':
    'ワークベンチが呼び出してよいアドレス（一つも指定されていません）',
  'an address on {0}': '{0} のアドレス',
  'Name it with --allow-endpoint when the workbench starts, or use the command on the machine of the workbench.':
    'ワークベンチの起動時に --allow-endpoint で指定するか、ワークベンチのマシンでコマンドを使ってください。',
  'the address of a model, such as {0}': '{0} のようなモデルのアドレス',
  'answers to pictures': '画像への応答',
  'the answer to {0}': '{0} への応答',
  '{0}, {1} times': '{0}（{1} 回）',
  '{0}, bbox': '{0}、bbox',
  'no answer within {0} seconds': '{0} 秒以内に応答なし',
  'no answer ({0})': '応答なし（{0}）',
  'nobody who listens there': '待ち受けているプログラムなし',
  'no machine of that name': 'その名前のマシンなし',
  'no way there': '到達できない相手',
  'a connection that broke off': '途中で切れた接続',
  'a redirect to {0}': '{0} へのリダイレクト',
  'Redirects are not followed: give the address that it leads to, if it is the right one.':
    'リダイレクトはたどりません。転送先が正しければ、そのアドレスを指定してください。',
  'It wants to know who calls, which is not supported.':
    '認証を求められましたが、認証には対応していません。',
  'Look whether the path is right.': 'パスが正しいか確かめてください。',
  'Look whether the endpoint runs; run the job again to go on where it was.':
    'エンドポイントが動いているか確かめてください。ジョブを再実行すると続きから進みます。',
  'Look at what the endpoint says of itself; run the job again to go on where it was.':
    'エンドポイントのログを確かめてください。ジョブを再実行すると続きから進みます。',
  '{0} refusals one after the other, the last: {1}': '続けて {0} 回の拒否、最後は {1}',
  'an answer of at most {0} bytes': '{0} バイト以下の応答',
  'The endpoint: {0}; it is asked again': 'エンドポイント：{0}。もう一度問い合わせます',
  'The endpoint: {0}; asked again in {1} seconds':
    'エンドポイント：{0}。{1} 秒後にもう一度問い合わせます',
  'Results look like [{"category_id": 1, "bbox": [x, y, width, height], "score": 0.9}].':
    '結果の形式は [{"category_id": 1, "bbox": [x, y, width, height], "score": 0.9}] です。',
  'names given for classes (threshold, map) that no answer has':
    'threshold や map で指定され、応答に現れなかったクラス名',
  'of them say what is in a whole picture and have no box, while the labels here have boxes':
    '件は画像全体についての提案で枠がありません（ここのラベルには枠があります）',
  'categories taken over from the model, as the dataset had none':
    'データセットにカテゴリがなかったため、モデルから引き継いだカテゴリ',
  'a list of tensors': 'テンソルのリスト',
  'a list of whole numbers': '整数のリスト',
  'a tensor with a name and a datatype': 'name と datatype のあるテンソル',
  'a tensor with a name, a datatype and a shape': 'name、datatype、shape のあるテンソル',
  'one input, for a picture': '画像のための入力 1 つ',
  'an input {0}': '入力 {0}',
  'an output {0}': '出力 {0}',
  'Say what its input is called (input=…).': '入力の名前を指定してください（input=…）。',
  'A model that wants more than a picture cannot be asked; a small server before it that speaks COCO can do that.':
    '画像以外の入力も必要なモデルには直接問い合わせられません。COCO で応答する小さなサーバーを間に置いてください。',
  'a tensor of one element for the file of a picture':
    '画像ファイル 1 つを入れる要素 1 個のテンソル',
  'a picture: BYTES [1], or UINT8 or FP32 of [height, width, 3] or [3, height, width], alone or as a batch of one':
    '画像：BYTES [1]、または [高さ, 幅, 3] か [3, 高さ, 幅] の UINT8 か FP32（単独、または 1 枚のバッチ）',
  '{0} numbers, as its shape says': 'shape の通り {0} 個の数値',
  '{0} texts, as its shape says': 'shape の通り {0} 個の文字列',
  'one of the datatypes {0}': 'datatype として次のいずれか：{0}',
  'boxes with scores and labels, or scores of classes':
    'ボックスとその score と label、またはクラスの score',
  'Say which output is which (boxes=…, scores=…, labels=…). Outputs in which boxes still overlap (no NMS), as YOLO’s often are, are exported with it, or a small server before the model speaks COCO.':
    'どの出力が何かを指定してください（boxes=…、scores=…、labels=…）。YOLO のように重なりの除去（NMS）が済んでいない出力は、それを含めて書き出すか、COCO で応答する小さなサーバーを間に置いてください。',
  '4 numbers for each box, with scores beside them':
    'ボックスごとに 4 個の数値と、別の出力の score',
  'scores of {0} boxes': 'ボックス {0} 個分の score',
  'labels of {0} boxes': 'ボックス {0} 個分の label',
};
